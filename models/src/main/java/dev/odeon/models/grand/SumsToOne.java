package dev.odeon.models.grand;

/** Over which edges the attention sums to one; the reference code calls this {@code attention_norm_idx}. */
public enum SumsToOne {
    /** Over the edges that leave a node: rows of A sum to one, each node takes a mean of its neighbours. Index 0. */
    LEAVING_A_NODE,
    /** Over the edges that reach a node: columns of A sum to one, and the sum of all states is kept. Index 1. */
    REACHING_A_NODE
}
