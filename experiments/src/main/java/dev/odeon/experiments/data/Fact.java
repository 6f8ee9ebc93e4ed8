package dev.odeon.experiments.data;

/**
 * A count that a paper or a publisher prints about a data set.
 *
 * @param name what is counted
 * @param value how many
 */
public record Fact(String name, long value) {}
