package dev.odeon.solvers.tableaux;

import java.util.ArrayList;
import java.util.List;

/**
 * The order conditions of Runge-Kutta methods and of pairs of them, one for each rooted tree.
 *
 * <p>A method has order p if sum_i b_i Phi_i(tree) = 1 / gamma(tree) for every tree of at most p vertices. In a pair every
 * vertex is coloured by the part whose coefficients it uses, so that the coupling conditions are the trees of mixed colours.
 * Source: Butcher, Coefficients for the study of Runge-Kutta integration processes, 1963; Araujo, Murua, Sanz-Serna,
 * Symplectic methods based on decompositions, 1997.
 */
public final class OrderConditions {

    /** Published coefficients carry twelve digits or more. */
    private static final double TOLERANCE = 1e-10;

    private OrderConditions() {}

    private record Tree(int colour, List<Tree> children, int size, double gamma) {
        static Tree of(int colour, List<Tree> children) {
            int size = 1;
            double product = 1;
            for (Tree child : children) {
                size += child.size();
                product *= child.gamma();
            }
            return new Tree(colour, children, size, size * product);
        }
    }

    /** Throws if a condition up to an order is missed. */
    static void require(String what, int order, double[][][] a, double[][] b) {
        double defect = defect(order, a, b);
        if (!(defect <= TOLERANCE)) {
            throw new IllegalArgumentException("The " + what + " miss the conditions of order " + order + " by "
                    + defect + ": check the coefficients and the order");
        }
    }

    /**
     * The largest amount by which a condition is missed.
     *
     * @param order conditions up to this order
     * @param a one matrix for each part
     * @param b the weights of each part
     */
    public static double defect(int order, double[][][] a, double[][] b) {
        double worst = 0;
        for (List<Tree> trees : trees(order, a.length)) {
            for (Tree tree : trees) {
                double[] stages = product(tree, a);
                double sum = 0;
                for (int i = 0; i < stages.length; i++) {
                    sum += b[tree.colour()][i] * stages[i];
                }
                worst = Math.max(worst, Math.abs(sum - 1 / tree.gamma()));
            }
        }
        return worst;
    }

    /** The product over the children of a vertex, at every stage. */
    private static double[] product(Tree tree, double[][][] a) {
        double[] result = new double[a[0].length];
        java.util.Arrays.fill(result, 1);
        for (Tree child : tree.children()) {
            double[] inner = product(child, a);
            double[][] matrix = a[child.colour()];
            for (int i = 0; i < result.length; i++) {
                double sum = 0;
                for (int j = 0; j < inner.length; j++) {
                    sum += matrix[i][j] * inner[j];
                }
                result[i] *= sum;
            }
        }
        return result;
    }

    /** All trees of one vertex, of two vertices, and so on. */
    private static List<List<Tree>> trees(int order, int colours) {
        List<List<Tree>> bySize = new ArrayList<>();
        List<Tree> known = new ArrayList<>();
        for (int size = 1; size <= order; size++) {
            List<List<Tree>> forests = new ArrayList<>();
            forests(size - 1, 0, known, new ArrayList<>(), forests);
            List<Tree> next = new ArrayList<>();
            for (int colour = 0; colour < colours; colour++) {
                for (List<Tree> forest : forests) {
                    next.add(Tree.of(colour, forest));
                }
            }
            bySize.add(next);
            known.addAll(next);
        }
        return bySize;
    }

    /** All multisets of known trees with a number of vertices in total. */
    private static void forests(int vertices, int from, List<Tree> known, List<Tree> chosen, List<List<Tree>> found) {
        if (vertices == 0) {
            found.add(List.copyOf(chosen));
            return;
        }
        for (int i = from; i < known.size(); i++) {
            Tree tree = known.get(i);
            if (tree.size() <= vertices) {
                chosen.add(tree);
                forests(vertices - tree.size(), i, known, chosen, found);
                chosen.remove(chosen.size() - 1);
            }
        }
    }
}
