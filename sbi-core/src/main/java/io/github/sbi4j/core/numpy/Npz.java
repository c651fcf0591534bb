package io.github.sbi4j.core.numpy;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Reads and writes files of NumPy's arrays, {@code .npz}.
 *
 * <p>Simulations are the arrays {@code theta}, N x D, and {@code x}, N x L, as users of Python's
 * sbi have them; draws are one array {@code samples}. The names of the columns of an array are
 * another array, such as {@code theta_names}, which may be left out. Settings are immutable and
 * concern writing alone; float64 and float32, integers, either byte order and either order of
 * dimensions, compressed or not, are read without any.
 */
public final class Npz {
  private static final String SUFFIX = ".npy";
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
  private static final Npz DEFAULTS = new Npz(false, false);

  private final boolean single;
  private final boolean compressed;

  private Npz(boolean single, boolean compressed) {
    this.single = single;
    this.compressed = compressed;
  }

  /** {@return float64, not compressed, as numpy.savez writes} */
  public static Npz defaults() {
    return DEFAULTS;
  }

  /** {@return the same with numbers rounded to float32} */
  public Npz withFloat32() {
    return new Npz(true, compressed);
  }

  /** {@return the same with arrays compressed, as numpy.savez_compressed does} */
  public Npz withCompression() {
    return new Npz(single, true);
  }

  /**
   * Writes arrays.
   *
   * @param arrays the arrays by their names
   * @param file the file to write or overwrite
   * @throws UncheckedIOException if it cannot be written
   */
  public void write(Map<String, NumpyArray> arrays, Path file) {
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (Map.Entry<String, NumpyArray> array : arrays.entrySet()) {
        NpyWriter writer = new NpyWriter(array.getValue(), single);
        ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
        entry.setTimeLocal(NO_TIME); // equal tables give equal files
        if (!compressed) {
          store(entry, writer);
        }
        zip.putNextEntry(entry);
        writer.write(zip);
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** What stands before bytes that are not compressed is known only after a look at them. */
  private static void store(ZipEntry entry, NpyWriter writer) throws IOException {
    CRC32 sum = new CRC32();
    writer.write(new CheckedOutputStream(OutputStream.nullOutputStream(), sum));
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(writer.size());
    entry.setCrc(sum.getValue());
  }

  /**
   * Writes draws as the arrays {@code samples} and {@code samples_names}.
   *
   * @param samples N draws of D values
   * @param file the file to write or overwrite
   * @throws UncheckedIOException if it cannot be written
   */
  public void write(Samples samples, Path file) {
    write(NamedTables.of(samples), file);
  }

  /**
   * Writes simulations as the arrays {@code theta} and {@code x}, with {@code conditions} if there
   * are any, each with its names; failures as {@code failure_row}, {@code failure_kind} and {@code
   * failure_message}. Read back without rounding it is an equal table, without causes of failures.
   *
   * @param table the simulations
   * @param file the file to write or overwrite
   * @throws UncheckedIOException if it cannot be written
   */
  public void write(Simulations table, Path file) {
    write(NamedTables.of(table), file);
  }

  /**
   * Reads all arrays of a file.
   *
   * @param file the file
   * @return the arrays by their names, in their order
   * @throws UncheckedIOException if it cannot be read
   * @throws IllegalArgumentException if it is no such file, or an array is not of numbers or text
   */
  public static Map<String, NumpyArray> read(Path file) {
    Map<String, NumpyArray> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String name = entry.getName();
        if (name.endsWith(SUFFIX)) {
          name = name.substring(0, name.length() - SUFFIX.length());
          try (InputStream in = new BufferedInputStream(zip.getInputStream(entry))) {
            arrays.put(name, new NpyReader(in, "array '" + name + "' of " + file).read());
          }
        }
      }
    } catch (ZipException e) {
      throw new IllegalArgumentException(
          file + " is no .npz file, or is damaged: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    return arrays;
  }

  /**
   * Reads the draws of the array {@code samples}.
   *
   * @param file the file
   * @return the draws
   * @throws UncheckedIOException if it cannot be read
   * @throws IllegalArgumentException if there is no such array, or it is not one of N x D numbers
   */
  public static Samples readSamples(Path file) {
    return readSamples(file, NamedTables.SAMPLES);
  }

  /**
   * Reads the draws of an array of one's choice.
   *
   * @param file the file
   * @param array the name of an array of N x D numbers, or of N; its columns are named by the array
   *     with {@code _names} after its name, or numbered
   * @return the draws
   * @throws UncheckedIOException if it cannot be read
   * @throws IllegalArgumentException if there is no such array, or it is not one of N x D numbers
   */
  public static Samples readSamples(Path file, String array) {
    return new NamedTables(file, read(file)).table(array);
  }

  /**
   * Reads the simulations of the arrays {@code theta} and {@code x}, with conditions and failures
   * if there are any.
   *
   * @param file the file
   * @return the simulations
   * @throws UncheckedIOException if it cannot be read
   * @throws IllegalArgumentException if an array is missing, has another shape, or a parameter is
   *     not finite
   */
  public static Simulations readSimulations(Path file) {
    return readSimulations(file, NamedTables.PARAMETERS, NamedTables.OBSERVATIONS);
  }

  /**
   * Reads the simulations of two arrays of one's choice.
   *
   * @param file the file
   * @param parameters the name of an array of N x D numbers
   * @param observations the name of an array of N x L numbers; a row with a non-finite one is a
   *     failure
   * @return the simulations
   * @throws UncheckedIOException if it cannot be read
   * @throws IllegalArgumentException if an array is missing, has another shape, or a parameter is
   *     not finite
   */
  public static Simulations readSimulations(Path file, String parameters, String observations) {
    return new NamedTables(file, read(file)).simulations(parameters, observations);
  }
}
