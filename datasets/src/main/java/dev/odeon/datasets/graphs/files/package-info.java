/**
 * Graphs in files: readers for the forms in which they are published, and Odeon's own.
 *
 * <p>Start with {@link dev.odeon.datasets.graphs.files.GraphFiles}, which tells the form by the path.
 *
 * <table>
 * <caption>Forms</caption>
 * <tr><th>class</th><th>path</th><th>data sets</th></tr>
 * <tr><td>{@link dev.odeon.datasets.graphs.files.NpzGraphs}</td><td>one .npz archive</td>
 *     <td>Cora, CiteSeer, PubMed, Coauthor CS, Computers, Photo</td></tr>
 * <tr><td>{@link dev.odeon.datasets.graphs.files.PlanetoidGraphs}</td><td>{@code ind.NAME.graph} and seven files beside
 *     it</td><td>Cora, CiteSeer, PubMed</td></tr>
 * <tr><td>{@link dev.odeon.datasets.graphs.files.OgbGraphs}</td><td>a zip file or folder of csv.gz</td>
 *     <td>ogbn-arxiv</td></tr>
 * <tr><td>{@link dev.odeon.datasets.graphs.files.ArrowGraphs}</td><td>a folder of two Arrow tables</td><td>any</td></tr>
 * </table>
 *
 * <p>Neighbours: {@code npz}, {@code pickle}, {@code csv} and {@code arrow} know the file formats; {@code cache} knows where
 * the files are.
 */
@NullMarked
package dev.odeon.datasets.graphs.files;

import org.jspecify.annotations.NullMarked;
