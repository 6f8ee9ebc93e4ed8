package dev.odeon.solvers;

/** The orders that families without tableaux have. */
final class Orders {

    private static final int HIGHEST = 5;

    private Orders() {}

    /** The explicit one-step method of an order or a higher one. */
    static Method explicitStarter(int order) {
        return order <= 4 ? Methods.RK4 : Methods.DOPRI5;
    }

    /** Refuses an order outside 1 to 5. */
    static void require(String name, int order) {
        if (order < 1 || order > HIGHEST) {
            throw new IllegalArgumentException(
                    name + " of order " + order + " does not exist here: choose an order from 1 to " + HIGHEST);
        }
    }
}
