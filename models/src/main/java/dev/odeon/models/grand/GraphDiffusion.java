package dev.odeon.models.grand;

import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.linear.ScaledIdentity;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Diffusion along the edges of a graph as a split field: du/dt = sigma(alpha_ex) A u + beta u(0) - sigma(alpha_im) u.
 *
 * <p>The decay, uniform and stiff where it is strong, is the linear part; its coefficient is trained like any parameter.
 * alpha_ex, alpha_im and beta start at zero, that is, with both rates at one half. The state is [nodes, width]. Sources:
 * Chamberlain and others, GRAND: Graph Neural Diffusion, 2021; Zhang, Liu, Maulik, Semi-Implicit Neural Ordinary
 * Differential Equations, equation 19.
 *
 * @param attention A
 * @param attentionAt the state that A is computed from
 * @param source whether beta u(0) is there
 */
public record GraphDiffusion(ScaledDotAttention attention, AttentionAt attentionAt, Source source) {

    private static final String ALPHA_EXPLICIT = "diffusion/alpha_explicit";
    private static final String ALPHA_IMPLICIT = "diffusion/alpha_implicit";
    private static final String BETA = "diffusion/beta";
    private static final String FROZEN = "diffusion/frozen_attention";
    private static final String INITIAL = "diffusion/initial_state";

    public GraphDiffusion {
        Objects.requireNonNull(attention, "attention");
        Objects.requireNonNull(attentionAt, "attentionAt");
        Objects.requireNonNull(source, "source");
    }

    /** Declares the parameters for states of a width. */
    public <T extends TFloating> void declare(Parameters parameters, Class<T> type, int width) {
        attention.declare(parameters, type, width);
        parameters.declare(ALPHA_EXPLICIT, type, Shape.scalar(), Initializer.zeros());
        parameters.declare(ALPHA_IMPLICIT, type, Shape.scalar(), Initializer.zeros());
        if (source == Source.INITIAL_STATE) {
            parameters.declare(BETA, type, Shape.scalar(), Initializer.zeros());
        }
    }

    /**
     * Adds the coefficient of the decay and gives the field, for solves in the graph of {@code tf}.
     *
     * @param parameters as declared
     * @param nodes number of nodes
     */
    public <T extends TFloating> SplitField<T> field(Ops tf, Values parameters, Class<T> type, int nodes) {
        Operand<T> rate = tf.math.sigmoid(parameters.get(ALPHA_IMPLICIT, type));
        return new SplitField<>(
                (inner, t, u, theta) -> rate(inner, u, theta, nodes), ScaledIdentity.of(tf.math.neg(rate)));
    }

    /**
     * Gathers what the field reads, to be passed to the solve.
     *
     * @param u0 initial state [nodes, width]; the solution's gradient flows into it through A(u(0)) and beta u(0), too
     * @param parameters as declared
     */
    public <T extends TFloating> Values theta(Ops tf, Operand<T> u0, EdgeList edges, Values parameters) {
        Values theta = edges.values().with(ALPHA_EXPLICIT, parameters.get(ALPHA_EXPLICIT));
        if (source == Source.INITIAL_STATE) {
            theta = theta.with(BETA, parameters.get(BETA)).with(INITIAL, u0);
        }
        return switch (attentionAt) {
            case CURRENT_STATE -> theta.and(parameters.under("attention/").prefixed("attention/"));
            case INITIAL_STATE -> theta.with(FROZEN, attention.mean(tf, u0, edges, parameters));
        };
    }

    private <T extends TFloating> Operand<T> rate(Ops tf, Operand<T> u, Values theta, int nodes) {
        Class<T> type = u.type();
        EdgeList edges = EdgeList.readFrom(theta, nodes);
        Operand<T> weights = switch (attentionAt) {
            case CURRENT_STATE -> attention.mean(tf, u, edges, theta);
            case INITIAL_STATE -> theta.get(FROZEN, type);
        };
        Operand<T> strength = tf.math.sigmoid(theta.get(ALPHA_EXPLICIT, type));
        // One number for each edge is scaled, not one for each component of each node.
        Operand<T> diffused = edges.times(tf, tf.math.mul(weights, strength), u);
        if (source == Source.NONE) {
            return diffused;
        }
        return tf.math.add(diffused, tf.math.mul(theta.get(INITIAL, type), theta.get(BETA, type)));
    }
}
