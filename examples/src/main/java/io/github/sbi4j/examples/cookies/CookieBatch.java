package io.github.sbi4j.examples.cookies;

import io.github.sbi4j.core.random.RandomStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Cookies from several locations.
 *
 * @param locations the number of locations
 * @param location that of each cookie, from 0
 * @param chips the number of chips in each cookie
 */
public record CookieBatch(int locations, int[] location, double[] chips) {
  private static final double[] RATES = {9.3, 6.0, 9.6, 8.9, 8.1};
  private static final int[] SIZES = {30, 30, 30, 30, 5};

  /**
   * Simulates five locations, of which one has five cookies only.
   *
   * @param seed decides the counts
   * @return 125 cookies
   */
  public static CookieBatch simulated(long seed) {
    int count = Arrays.stream(SIZES).sum();
    int[] location = new int[count];
    double[] chips = new double[count];
    int i = 0;
    for (int l = 0; l < SIZES.length; l++) {
      for (int k = 0; k < SIZES[l]; k++, i++) {
        location[i] = l;
        chips[i] = CookieSimulator.count(RATES[l], RandomStreams.of(seed, i));
      }
    }
    return new CookieBatch(SIZES.length, location, chips);
  }

  /**
   * Reads cookies from a file with the columns {@code chips,location}, locations counted from 1.
   *
   * @param file a CSV file with a header
   * @return the cookies
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if the header is another
   */
  public static CookieBatch read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.get(0).strip().equals("chips,location")) {
      throw new IllegalArgumentException(
          file + " does not begin with the line 'chips,location'; give a row for each cookie");
    }
    double[][] rows =
        lines.stream()
            .skip(1)
            .filter(line -> !line.isBlank())
            .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
            .toArray(double[][]::new);
    int[] location = Arrays.stream(rows).mapToInt(row -> (int) row[1] - 1).toArray();
    double[] chips = Arrays.stream(rows).mapToDouble(row -> row[0]).toArray();
    return new CookieBatch(Arrays.stream(location).max().orElse(-1) + 1, location, chips);
  }
}
