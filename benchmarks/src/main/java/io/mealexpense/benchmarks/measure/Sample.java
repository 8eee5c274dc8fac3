package io.mealexpense.benchmarks.measure;

/**
 * What one stretch of one activity came to.
 *
 * @param perSecond operations
 * @param serverMicros CPU of the program under measurement per operation, 0 where PostgreSQL is all there is
 * @param postgresMicros CPU of the whole PostgreSQL server per operation
 * @param p50Millis median duration of an operation, NaN where single ones are not timed
 * @param p99Millis the duration that 99 of 100 do not exceed
 */
public record Sample(double perSecond, double serverMicros, double postgresMicros, double p50Millis, double p99Millis) {

    public double cpuMicros() {
        return serverMicros + postgresMicros;
    }

    @Override
    public String toString() {
        return "%,9.0f/s   CPU %6.1f µs (server %6.1f, PostgreSQL %6.1f)   p50 %6.2f ms   p99 %6.2f ms"
                .formatted(perSecond, cpuMicros(), serverMicros, postgresMicros, p50Millis, p99Millis);
    }
}
