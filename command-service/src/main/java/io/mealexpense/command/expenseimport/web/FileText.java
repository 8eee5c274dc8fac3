package io.mealexpense.command.expenseimport.web;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Turns the bytes of a file into text: UTF-16 if a byte order mark says so, else UTF-8, else windows-1252. A file with
 * any character of several bytes in UTF-8 is UTF-8: what is wrong in it is marked, so that only the rows it stands in
 * are lost, and nothing is recorded in characters that nobody wrote.
 */
final class FileText {

    /** Stands for bytes that are no character; Unicode promises that it never is one itself. */
    static final char UNREADABLE = '\uFFFF';

    private static final char LAST_OF_ASCII = '\u007F';
    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] UTF_16BE_MARK = {(byte) 0xFE, (byte) 0xFF};
    private static final byte[] UTF_16LE_MARK = {(byte) 0xFF, (byte) 0xFE};
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] OLD_WORKBOOK = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
    private static final byte[] PDF = {'%', 'P', 'D', 'F'};
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private FileText() {}

    /**
     * @throws ProblemException 422 if it is another kind of file
     */
    static String of(byte[] file) {
        if (startsWith(file, ZIP) || startsWith(file, OLD_WORKBOOK)) {
            throw nothing("This is a workbook. Save the sheet as CSV and send that.");
        }
        if (startsWith(file, PDF)) {
            throw nothing("This is a PDF. Send the expenses as CSV.");
        }
        if (startsWith(file, UTF_8_MARK)) {
            return rest(file, UTF_8_MARK.length, StandardCharsets.UTF_8);
        }
        if (startsWith(file, UTF_16BE_MARK)) {
            return rest(file, UTF_16BE_MARK.length, StandardCharsets.UTF_16BE);
        }
        if (startsWith(file, UTF_16LE_MARK)) {
            return rest(file, UTF_16LE_MARK.length, StandardCharsets.UTF_16LE);
        }
        var text = rest(file, 0, StandardCharsets.UTF_8);
        return text.indexOf(UNREADABLE) < 0 || hasMoreThanAscii(text) ? text : rest(file, 0, WINDOWS);
    }

    /** Whether a sequence of several bytes was UTF-8, which text of another encoding is only by rare accident. */
    private static boolean hasMoreThanAscii(String text) {
        return text.chars().anyMatch(it -> it > LAST_OF_ASCII && it != UNREADABLE);
    }

    private static String rest(byte[] file, int from, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .replaceWith(String.valueOf(UNREADABLE))
                    .decode(ByteBuffer.wrap(file, from, file.length - from))
                    .toString();
        } catch (CharacterCodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean startsWith(byte[] file, byte[] start) {
        return file.length >= start.length && Arrays.equals(file, 0, start.length, start, 0, start.length);
    }

    static ProblemException nothing(String why) {
        return new ProblemException(ProblemType.NOTHING_TO_IMPORT, why);
    }
}
