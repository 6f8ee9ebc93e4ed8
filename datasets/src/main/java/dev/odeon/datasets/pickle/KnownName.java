package dev.odeon.datasets.pickle;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The only names a pickle may mention, with the spellings of the various versions of Python, NumPy and SciPy. */
enum KnownName {
    NDARRAY("numpy ndarray"),
    DTYPE("numpy dtype"),
    RECONSTRUCT(
            "numpy.core.multiarray _reconstruct",
            "numpy._core.multiarray _reconstruct",
            "numpy.core.numeric _reconstruct"),
    CSR_MATRIX("scipy.sparse.csr csr_matrix", "scipy.sparse._csr csr_matrix", "scipy.sparse csr_matrix"),
    DEFAULT_DICT("collections defaultdict"),
    LIST("__builtin__ list", "builtins list"),
    ENCODE("_codecs encode");

    @SuppressWarnings("ImmutableEnumChecker") // Made by Set.of, which nobody can change.
    private final Set<String> spellings;

    KnownName(String... spellings) {
        this.spellings = Set.of(spellings);
    }

    static @Nullable KnownName of(String module, String name) {
        for (KnownName known : values()) {
            if (known.spellings.contains(module + " " + name)) {
                return known;
            }
        }
        return null;
    }
}
