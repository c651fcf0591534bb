package io.github.sbi4j.flows.estimator;

import static io.github.sbi4j.flows.estimator.ColumnKind.CATEGORICAL;
import static io.github.sbi4j.flows.estimator.ColumnKind.COUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetColumnsTest {
  @Test
  void restoredColumnsAreThoseThatWereFitted() {
    List<ColumnKind> kinds = List.of(COUNT, CATEGORICAL);
    TargetColumns fitted =
        TargetColumns.fit(kinds, Arrays.asList(new double[][] {{3, 7.5}, {4, -0.0}, {3, -1}}));
    double[][] categories = {fitted.categories(0), fitted.categories(1)};
    assertThat(categories).isDeepEqualTo(new double[][] {{}, {-1, 0, 7.5}});
    TargetColumns restored = TargetColumns.of(kinds, categories);
    assertThat(restored.kinds()).isEqualTo(fitted.kinds());
    assertThat(restored.categoryCounts()).containsExactly(3);
    assertThat(restored.others()).containsExactly(0);
    assertThat(restored.seen()).isEqualTo(4);
    categories[1][2] = 9;
    assertThat(restored.problem(new double[] {0, 7.5})).isNull();
    assertThat(restored.problem(new double[] {0, 9})).startsWith("value 1 is 9.0, which is none");
  }

  @Test
  void categoriesThatDoNotFitAreRefused() {
    assertRefused(
        new double[][] {{1}, {1, 2}}, "column 0 is COUNT with the categories [1.0], expected none");
    assertRefused(
        new double[][] {{}, {2, 1}},
        "column 1 is CATEGORICAL with the categories [2.0, 1.0], expected at least one finite"
            + " value, rising");
    assertRefused(new double[][] {{}}, "2 columns, but categories of 1");
  }

  private static void assertRefused(double[][] categories, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TargetColumns.of(List.of(COUNT, CATEGORICAL), categories))
        .withMessage(message);
  }
}
