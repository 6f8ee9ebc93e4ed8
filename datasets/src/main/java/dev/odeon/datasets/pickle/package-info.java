/**
 * Python pickles, read without executing anything.
 *
 * <p>A pickle is a program for a stack machine that may call any function. {@link dev.odeon.datasets.pickle.PickleFile} runs
 * only the instructions that build data, and instead of calling functions it knows a closed list of names
 * ({@code KnownName}): NumPy's array constructors, SciPy's sparse matrices, lists and dictionaries. Anything else is refused
 * by name. Results are {@link dev.odeon.datasets.pickle.PickledArray}, {@link dev.odeon.datasets.pickle.PickledSparseMatrix},
 * {@link java.util.List}, {@link java.util.Map}, {@link java.lang.Long}, {@link java.lang.Double} and
 * {@link java.lang.String}.
 *
 * <p>Source of the format: the module pickletools of Python's standard library. Neighbours: {@code graphs.files} reads the
 * planetoid files.
 */
@NullMarked
package dev.odeon.datasets.pickle;

import org.jspecify.annotations.NullMarked;
