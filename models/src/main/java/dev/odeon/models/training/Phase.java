package dev.odeon.models.training;

/** What a model is run for: dropout and batch statistics differ. */
public enum Phase {
    /** To change the parameters: dropout is on, normalisation uses the batch. */
    TRAINING,
    /** To judge the parameters: dropout is off, normalisation uses its running means. */
    EVALUATION
}
