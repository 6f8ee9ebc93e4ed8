package dev.odeon.datasets.arrow;

import java.util.List;

/**
 * The different texts of a column, and which of them each row has.
 *
 * @param codes for each row the index of its text, -1 where it is null; not copied
 * @param values the texts, in the order in which they first occur in the rows
 */
@SuppressWarnings("ArrayRecordComponent") // Bulk data, handed on to tensors as it is.
public record Categories(int[] codes, List<String> values) {
    public Categories {
        values = List.copyOf(values);
    }
}
