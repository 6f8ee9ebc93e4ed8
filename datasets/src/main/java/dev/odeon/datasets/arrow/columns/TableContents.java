package dev.odeon.datasets.arrow.columns;

import java.util.List;
import java.util.Map;

/**
 * What a table is made of, wherever it came from.
 *
 * @param columns places of the numbers
 * @param metadata texts of the schema
 * @param rows number of rows
 */
public record TableContents(List<MappedColumn> columns, Map<String, String> metadata, int rows) {}
