package dev.odeon.datasets;

/**
 * Data to fit a model on, to choose its settings by, and to judge it by.
 *
 * @param <T> what each part is
 * @param train what the loss sees
 * @param validation what stops the training and chooses settings
 * @param test what the final figure is measured on
 */
public record Parts<T>(T train, T validation, T test) {}
