package io.github.sbi4j.flows.file;

import java.util.List;

/**
 * What a file holds of the K conditions that something was learned under.
 *
 * @param names their names; none if there are no conditions
 * @param low the smallest simulated value of each
 * @param high the largest ones
 */
public record SavedConditions(List<String> names, List<Double> low, List<Double> high) {
  /**
   * Copies the lists.
   *
   * @param names their names; none if there are no conditions
   * @param low the smallest simulated value of each
   * @param high the largest ones
   */
  public SavedConditions {
    names = List.copyOf(names);
    low = List.copyOf(low);
    high = List.copyOf(high);
  }

  /** {@return the number of conditions, K} */
  public int size() {
    return names.size();
  }

  /** Writes them if there are any. */
  void write(Fields header) {
    if (size() > 0) {
      Fields fields =
          Fields.empty()
              .putStrings("names", names)
              .put("low", OriginCodec.array(low))
              .put("high", OriginCodec.array(high));
      header.put("conditions", fields);
    }
  }

  static SavedConditions read(Fields header) {
    if (!header.has("conditions")) {
      return new SavedConditions(List.of(), List.of(), List.of());
    }
    Fields fields = header.object("conditions");
    List<String> names = fields.strings("names");
    return new SavedConditions(
        names,
        OriginCodec.observed(fields, "low", names.size()),
        OriginCodec.observed(fields, "high", names.size()));
  }
}
