package io.github.sbi4j.examples.ecology;

/**
 * Pelts of snowshoe hare and Canadian lynx collected by the Hudson's Bay Company, 1900 to 1920, in
 * thousands.
 *
 * <p>Published in E. P. Odum, <i>Fundamentals of Ecology</i> (1953), and in J. M. Mahaffy's lecture
 * notes; the figures of B. Carpenter's case study (2018).
 */
public final class HudsonBay {
  private static final double[] HARES = {
    30.0, 47.2, 70.2, 77.4, 36.3, 20.6, 18.1, 21.4, 22.0, 25.4, 27.1, 40.3, 57.0, 76.6, 52.3, 19.5,
    11.2, 7.6, 14.6, 16.2, 24.7
  };
  private static final double[] LYNX = {
    4.0, 6.1, 9.8, 35.2, 59.4, 41.7, 19.0, 13.0, 8.3, 9.1, 7.4, 8.0, 12.3, 19.5, 45.7, 51.1, 29.7,
    15.8, 9.7, 10.1, 8.6
  };

  private HudsonBay() {}

  /** The first year of the series, 1900. */
  public static int firstYear() {
    return 1900;
  }

  /** The number of years, 21. */
  public static int years() {
    return HARES.length;
  }

  /** Hare pelts in thousands, one value a year. */
  public static double[] hares() {
    return HARES.clone();
  }

  /** Lynx pelts in thousands, one value a year. */
  public static double[] lynx() {
    return LYNX.clone();
  }

  /**
   * The observation for the inference: the logarithms of 21 hare figures and then of 21 lynx
   * figures, L = 42.
   */
  public static double[] logPelts() {
    double[] logs = new double[2 * years()];
    for (int year = 0; year < years(); year++) {
      logs[year] = Math.log(HARES[year]);
      logs[years() + year] = Math.log(LYNX[year]);
    }
    return logs;
  }
}
