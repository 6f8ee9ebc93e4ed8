/**
 * Data for neural ODEs: Arrow tables in, TensorFlow tensors out.
 *
 * <p>This package holds what all rooms share: {@link dev.odeon.datasets.DataException}, the one type for bad input;
 * {@link dev.odeon.datasets.AtomicFile}, through which every file is written; {@link dev.odeon.datasets.Seeds}, from which
 * every random number comes. The rooms, in the order in which they are best read:
 *
 * <table>
 * <caption>Packages</caption>
 * <tr><th>package</th><th>what for</th><th>begin with</th><th>uses</th></tr>
 * <tr><td>{@link dev.odeon.datasets.arrow}</td><td>Arrow tables to tensors and back</td>
 *     <td>ArrowTable, ArrowTableWriter</td><td></td></tr>
 * <tr><td>{@link dev.odeon.datasets.batches}</td><td>batches for training, loaded ahead</td>
 *     <td>Batches, BatchPlan</td><td>arrow</td></tr>
 * <tr><td>{@link dev.odeon.datasets.pde}</td><td>simulators in space: Kuramoto-Sivashinsky, Burgers</td>
 *     <td>KuramotoSivashinsky, Trajectories</td><td>arrow</td></tr>
 * <tr><td>{@link dev.odeon.datasets.dynamics}</td><td>simulators of ordinary equations, point clouds</td>
 *     <td>LotkaVolterra, PointCloud</td><td>arrow, pde</td></tr>
 * <tr><td>{@link dev.odeon.datasets.series}</td><td>time series, windows, masks</td>
 *     <td>Series, Windows</td><td>arrow, csv, npz, archives</td></tr>
 * <tr><td>{@link dev.odeon.datasets.images}</td><td>MNIST, CIFAR-10</td>
 *     <td>Mnist, Cifar10</td><td>archives</td></tr>
 * <tr><td>{@link dev.odeon.datasets.graphs}</td><td>graphs, components, splits, rewiring, the karate club</td>
 *     <td>GraphData, GraphFiles</td><td>arrow, npz, pickle, csv, archives</td></tr>
 * <tr><td>{@code dev.odeon.datasets.npz}</td><td>NumPy arrays</td><td>NpzFile, NpyFile</td><td></td></tr>
 * <tr><td>{@code dev.odeon.datasets.pickle}</td><td>pickles, read without executing them</td>
 *     <td>PickleFile</td><td></td></tr>
 * <tr><td>{@link dev.odeon.datasets.csv}</td><td>comma-separated values</td><td>CsvTable</td><td>archives</td></tr>
 * <tr><td>{@code dev.odeon.datasets.archives}</td><td>gzip, xz, tar, zip</td>
 *     <td>CompressedFile, ArchiveMembers</td><td></td></tr>
 * <tr><td>{@link dev.odeon.datasets.cache}</td><td>finding and downloading data</td>
 *     <td>DataLocator, Fetcher</td><td>formats, graphs, archives</td></tr>
 * <tr><td>{@link dev.odeon.datasets.formats}</td><td>how each data set is read, counted, converted</td>
 *     <td>DataFormat, DataKind</td><td>graphs, series, images, csv, arrow</td></tr>
 * <tr><td>{@link dev.odeon.datasets.named}</td><td>data sets by name</td>
 *     <td>DataSets</td><td>cache, formats</td></tr>
 * </table>
 *
 * <p>Neighbours: the module {@code experiments} feeds the tensors to models; {@code models} reads
 * graphs, features and splits, the words of {@link dev.odeon.datasets.graphs}, and nothing else. Nothing here builds a TensorFlow graph.
 */
@NullMarked
package dev.odeon.datasets;

import org.jspecify.annotations.NullMarked;
