/**
 * Time series: regular, irregular, with gaps; cut into windows and split by the rules of the papers.
 *
 * <p>Start with {@link dev.odeon.datasets.series.Series}, which is all a time series is here (times, channels, NaN for what
 * was not observed), and {@link dev.odeon.datasets.series.Windows}, which cuts series into equal pieces and turns them into
 * tensors.
 *
 * <table>
 * <caption>Data sets</caption>
 * <tr><th>class</th><th>data</th><th>rule</th></tr>
 * <tr><td>{@link dev.odeon.datasets.series.Walker2d}</td><td>400 simulated walks, 17 channels</td>
 *     <td>75/10/15 % of the walks, a tenth of the steps dropped, windows of 64</td></tr>
 * <tr><td>{@link dev.odeon.datasets.series.PlaneVibration}</td><td>an aircraft wing that is shaken, 5 channels</td>
 *     <td>50/25/25 % in time, a tenth dropped, windows of 64 and a forecast of 8</td></tr>
 * <tr><td>{@link dev.odeon.datasets.series.Silverbox}</td><td>an electronic Duffing oscillator</td>
 *     <td>the first 1000 steps train, the next 3000 are forecast</td></tr>
 * <tr><td>{@link dev.odeon.datasets.series.PhysioNet2012}</td><td>4000 patients in intensive care, 41 channels</td>
 *     <td>80/20 % of the patients, a part of the former for validation</td></tr>
 * <tr><td>{@link dev.odeon.datasets.series.CsvSeries}</td><td>any file of columns</td><td></td></tr>
 * </table>
 *
 * <p>{@link dev.odeon.datasets.series.Normalisation} is fitted on the training part only, also where a paper's own code used
 * the whole. Neighbours: {@code csv}, {@code npz} and {@code archives} know the file formats.
 */
@NullMarked
package dev.odeon.datasets.series;

import org.jspecify.annotations.NullMarked;
