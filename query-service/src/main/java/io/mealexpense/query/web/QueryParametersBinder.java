package io.mealexpense.query.web;

import io.mealexpense.edge.problem.FieldError;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.query.readmodel.Coded;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Validator;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads {@link QueryParameters} literally: nothing is clamped, trimmed, defaulted over or ignored. */
final class QueryParametersBinder implements HandlerMethodArgumentResolver {

    /** Which text a type is written in, and what is said of any other. */
    private record Form(Pattern pattern, String message, Function<String, ?> parse) {
        Form(String pattern, String message, Function<String, ?> parse) {
            this(Pattern.compile(pattern), message, parse);
        }
    }

    private static final Map<Class<?>, Form> FORMS = Map.of(
            String.class,
            new Form("(?s).{1,200}", "must have 1 to 200 characters", text -> text),
            Integer.class,
            new Form("-?[0-9]+", "is not a whole number", Integer::valueOf),
            Long.class,
            new Form("-?[0-9]+", "is not a whole number", Long::valueOf),
            BigDecimal.class,
            new Form("-?(0|[1-9][0-9]{0,11})(\\.[0-9]{1,4})?", "is not an amount such as 12.50", BigDecimal::new),
            LocalDate.class,
            new Form("(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}", "is not a day such as 2026-03-15", LocalDate::parse),
            YearMonth.class,
            new Form("(?!0000)[0-9]{4}-[0-9]{2}", "is not a month such as 2026-03", YearMonth::parse),
            Instant.class,
            new Form(
                    "(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,18}Z",
                    "is not a moment such as 2026-03-15T12:30:00Z", Instant::parse),
            PastInstant.class,
            new Form(
                    "(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})",
                    "is not a moment such as 2026-03-15T12:30:00Z or 2026-03-15T13:30:00+01:00, to the microsecond",
                    PastInstant::parse),
            UUID.class,
            new Form(
                    "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
                    "is not an id such as 0199a000-0000-7000-8000-000000000001", UUID::fromString));

    private final Validator validator;

    QueryParametersBinder(Validator validator) {
        this.validator = validator;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return QueryParameters.class.isAssignableFrom(parameter.getParameterType());
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binderFactory) {
        var given =
                new HashMap<>(request.getNativeRequest(HttpServletRequest.class).getParameterMap());
        if (MomentResolver.isTakenBy(parameter.getMethod())) {
            given.remove(MomentResolver.AS_OF);
        }
        return bind(parameter.getParameterType(), given);
    }

    Object bind(Class<?> type, Map<String, String[]> given) {
        var errors = new ArrayList<FieldError>();
        var components = type.getRecordComponents();
        var names = Arrays.stream(components).map(RecordComponent::getName).collect(Collectors.toSet());
        given.keySet().stream()
                .filter(name -> !names.contains(name))
                .sorted()
                .forEach(name -> errors.add(new FieldError(name, "is not a known parameter here")));
        var values = Arrays.stream(components)
                .map(component -> value(component, given.get(component.getName()), errors))
                .toArray();
        refuse(errors);
        var bound = construct(type, components, values);
        validator.validate(bound).stream()
                .map(violation -> new FieldError(violation.getPropertyPath().toString(), violation.getMessage()))
                .sorted(java.util.Comparator.comparing(FieldError::field))
                .forEach(errors::add);
        refuse(errors);
        ((QueryParameters) bound).check((name, message) -> errors.add(new FieldError(name, message)));
        refuse(errors);
        return bound;
    }

    static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    ProblemType.VALIDATION,
                    errors.stream()
                            .limit(3)
                            .map(error -> error.field() + " " + error.message())
                            .collect(Collectors.joining("; ")),
                    errors);
        }
    }

    private static @Nullable Object value(
            RecordComponent component, String @Nullable [] given, List<FieldError> errors) {
        var type = component.getType();
        if (Collection.class.isAssignableFrom(type)) {
            var element = (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
            var values = new LinkedHashSet<Object>();
            for (var text : given == null ? new String[0] : given) {
                var value = parse(component.getName(), element, text, errors);
                if (value != null) {
                    values.add(value);
                }
            }
            return Set.class.isAssignableFrom(type) ? Collections.unmodifiableSet(values) : List.copyOf(values);
        }
        if (given == null) {
            return null;
        }
        if (given.length > 1) {
            errors.add(new FieldError(component.getName(), "may be given once"));
            return null;
        }
        return parse(component.getName(), type, given[0], errors);
    }

    /** A parameter that stands on its own; absent if it was not given. */
    static <T> @Nullable T bindOne(String name, Class<T> type, String @Nullable [] given) {
        var errors = new ArrayList<FieldError>();
        if (given != null && given.length > 1) {
            errors.add(new FieldError(name, "may be given once"));
        }
        var value = given == null ? null : parse(name, type, given[0], errors);
        refuse(errors);
        return type.cast(value);
    }

    private static @Nullable Object parse(String name, Class<?> type, String text, List<FieldError> errors) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> ((Coded) constant).code().equals(text))
                    .findFirst()
                    .orElseGet(() -> {
                        errors.add(new FieldError(name, "is none of " + codes(type)));
                        return null;
                    });
        }
        if (type == CategoryChoice.class) {
            if (text.equals(CategoryChoice.NONE)) {
                return CategoryChoice.none();
            }
            var id = (UUID) parse(name, UUID.class, text, errors);
            return id == null ? null : new CategoryChoice(id);
        }
        var form = FORMS.get(type);
        if (form == null) {
            throw new IllegalStateException("No form for parameters of type " + type.getName());
        }
        if (form.pattern().matcher(text).matches()) {
            try {
                return form.parse().apply(text);
            } catch (NumberFormatException outOfRange) {
                errors.add(new FieldError(name, "is out of range"));
                return null;
            } catch (DateTimeException impossible) {
                // told below, like every other text that says nothing
            }
        }
        errors.add(new FieldError(name, form.message()));
        return null;
    }

    private static String codes(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Coded) constant).code())
                .collect(Collectors.joining(", "));
    }

    private static Object construct(Class<?> type, RecordComponent[] components, @Nullable Object[] values) {
        try {
            var constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException noRecord) {
            throw new IllegalStateException(type.getName() + " is no record that can be bound", noRecord);
        }
    }
}
