/**
 * Where data files are, and how they get there.
 *
 * <p>Start with {@link dev.odeon.datasets.cache.DataLocator}, which finds the file of a data set, and
 * {@link dev.odeon.datasets.cache.Fetcher}, which downloads it. {@link dev.odeon.datasets.cache.Catalogue} lists what can
 * be downloaded, {@link dev.odeon.datasets.cache.KnownFile} is one of its files, {@link dev.odeon.datasets.cache.Checksum} tells the right
 * one from others, {@link dev.odeon.datasets.cache.CacheFolder} knows the platform's place for such files, and
 * {@link dev.odeon.datasets.cache.HostEnvironment} stands for the environment variables, so that tests can have their own.
 *
 * <table>
 * <caption>Environment variables</caption>
 * <tr><th>name</th><th>meaning</th></tr>
 * <tr><td>ODEON_DATA</td><td>a folder of data, looked into before the cache</td></tr>
 * <tr><td>ODEON_HOME</td><td>the cache folder</td></tr>
 * <tr><td>ODEON_MIRROR</td><td>base address of another server to download from</td></tr>
 * </table>
 *
 * <p>Neighbours: {@code graphs.files} and {@code archives} recognise what was packed anew; {@code formats} reads the files;
 * {@code named}, above, reads a data set by its name.
 */
@NullMarked
package dev.odeon.datasets.cache;

import org.jspecify.annotations.NullMarked;
