package dev.odeon.adjoint.checkpoints;

/**
 * Which states before the steps of a solve are kept for its gradient.
 *
 * <p>All of them give the same gradient to the last bit or to rounding; they trade memory for steps that are taken again.
 */
public sealed interface Checkpointing {

    /**
     * The default: {@link #storeAll} where the number of steps is given, or bounded by 10,000; else {@link #onlineRevolve} with
     * 100 states.
     *
     * <p>The number of steps that are chosen during the solve is bounded by {@code PidController.withMaxSteps} alone, by
     * default by 100,000. Measured: of 1,833 steps 1,732 were taken again, of 5,693 steps 10,642.
     */
    static Checkpointing fitting() {
        return new Fitting();
    }

    /** All states: nothing is computed twice but the stages. The right choice while memory lasts. */
    static Checkpointing storeAll() {
        return new StoreAll();
    }

    /**
     * All states and the states of all stages inside the steps: the way back computes no stage again.
     *
     * <p>Evaluations remain, because a vector-Jacobian product needs one; half of the linear solves of the way back do not.
     * Memory of one state for each stage of each step. So it pays where solves are expensive: measured with IMEX-RK3 on two CPU
     * cores in float64, the time of a solve with its gradient is 0.48 of that with {@link #storeAll} for GMRES, 0.87 for dense
     * LU and 0.93 for a dense inverse of dimension 256, 0.96 for tridiagonal systems and stencils, and 1 within the noise for
     * diagonal ones and for explicit methods, which should not use it. For explicit and IMEX Runge-Kutta methods with a
     * linear implicit part; others, and states kept between chosen steps, are refused.
     */
    static Checkpointing storeStages() {
        return new StoreStages();
    }

    /**
     * What the vector-Jacobian products of all stages need, and no states: the way back neither evaluates the field again nor
     * solves for a stage.
     *
     * <p>For fields whose evaluation is most of the work, where memory is ample: each stage of each step stores the tensors that
     * the derivative of the field reads, for a perceptron its input and the outputs of its hidden layers. Measured with
     * IMEX-RK3 on two CPU cores in float64, the time of a training iteration of a network of four hidden layers with 256
     * samples is 0.82 of that with {@link #storeAll} for layers of 800 over 3 steps, and 0.90 to 0.97 for layers of 200 over
     * 10 steps in 2.6 times the memory, in float32 1.0 to 1.2; for layers of 25 and 32 samples it is 1.3, as the tables cost
     * more there than the evaluation, and 0.94 where XLA compiles both.
     *
     * <p>For steps of known sizes by explicit and IMEX Runge-Kutta methods with a linear implicit part. The batch must be known
     * when the graph is built, and the derivative of the field must not call functions, as that of a loop does. Others are
     * refused, and so is dense output.
     */
    static Checkpointing storeLinearisations() {
        return new StoreLinearisations();
    }

    /**
     * As many states as given, placed so that the fewest steps are taken again.
     *
     * @param slots states kept at the same time, the first among them; one more is worked on
     * @throws IllegalArgumentException if there is no slot
     */
    static Checkpointing revolve(int slots) {
        return new Revolve(slots);
    }

    /**
     * As many states as given, for solves that choose their steps and do not know how many there will be.
     *
     * <p>Takes hardly more steps again than {@link #revolve} would, had it known: within a tenth. Beside the states the time
     * and the size of each step are stored, two numbers for each step there may be.
     *
     * @param slots states kept at the same time, at least two; one more is worked on
     * @throws IllegalArgumentException if there are fewer than two
     */
    static Checkpointing onlineRevolve(int slots) {
        return new OnlineRevolve(slots);
    }

    /**
     * The fastest of the others that keeps within a budget: {@link #storeAll} where all states fit, else as many as do.
     *
     * <p>Needs two states, or three where steps are chosen during the solve; for these the times and sizes that {@link
     * #onlineRevolve} stores come on top. The batch must be known when the graph is built.
     *
     * @param bytes for the states of one solve and one batch, with the memory of a multistep method
     * @throws IllegalArgumentException if the budget is not positive
     */
    static Checkpointing within(long bytes) {
        return new Within(bytes);
    }

    /** All states, or a hundred where nobody knows of how many steps. */
    record Fitting() implements Checkpointing {}

    /** Memory of one state for each step. */
    record StoreAll() implements Checkpointing {}

    /** Memory of one state for each stage of each step. */
    record StoreStages() implements Checkpointing {}

    /** Memory of what the derivative of the field needs, for each stage of each step. */
    record StoreLinearisations() implements Checkpointing {}

    /**
     * Binomial checkpointing, optimal for a known number of steps.
     *
     * <p>Source: Griewank, Walther, Algorithm 799: Revolve, An Implementation of Checkpointing for the Reverse or Adjoint
     * Mode of Computational Differentiation, 2000.
     *
     * @param slots states kept at the same time
     */
    record Revolve(int slots) implements Checkpointing {
        public Revolve {
            if (slots < 1) {
                throw new IllegalArgumentException(
                        "Revolve with " + slots + " slots keeps no state: give it one or more");
            }
        }
    }

    /**
     * Dynamic checkpointing for an unknown number of steps.
     *
     * <p>Source: Wang, Moin, Iaccarino, Minimal Repetition Dynamic Checkpointing Algorithm for Unsteady Adjoint Calculation,
     * 2009.
     *
     * @param slots states kept at the same time
     */
    record OnlineRevolve(int slots) implements Checkpointing {
        public OnlineRevolve {
            if (slots < 2) {
                throw new IllegalArgumentException(
                        "OnlineRevolve with " + slots + " slots cannot move a checkpoint along: give it two or more");
            }
        }
    }

    /**
     * A memory budget.
     *
     * @param bytes for the states of one solve
     */
    record Within(long bytes) implements Checkpointing {
        public Within {
            if (bytes <= 0) {
                throw new IllegalArgumentException(
                        "A budget of " + bytes + " bytes keeps no state: give the bytes of one state at least");
            }
        }
    }
}
