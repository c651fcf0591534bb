package io.github.sbi4j.flows.file;

import io.github.sbi4j.flows.estimator.ColumnKind;
import io.github.sbi4j.flows.estimator.TargetColumns;
import java.util.ArrayList;
import java.util.List;

/** What the columns of a target are, with the categories of those that have some. */
final class ColumnsCodec {
  private ColumnsCodec() {}

  static List<Fields> encode(TargetColumns columns) {
    List<Fields> all = new ArrayList<>();
    for (int j = 0; j < columns.dimension(); j++) {
      ColumnKind kind = columns.kinds().get(j);
      Fields column = Fields.empty().put("kind", kind.name());
      all.add(
          kind == ColumnKind.CATEGORICAL
              ? column.put("categories", columns.categories(j))
              : column);
    }
    return all;
  }

  static TargetColumns restore(List<Fields> saved) {
    List<ColumnKind> kinds = new ArrayList<>();
    List<double[]> categories = new ArrayList<>();
    for (Fields column : saved) {
      ColumnKind kind = column.build(() -> ColumnKind.valueOf(column.string("kind")));
      kinds.add(kind);
      categories.add(kind == ColumnKind.CATEGORICAL ? column.numbers("categories") : new double[0]);
    }
    return TargetColumns.of(kinds, categories.toArray(double[][]::new));
  }
}
