package io.github.sbi4j.core.simulation;

import io.github.sbi4j.core.distribution.Proposal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where the parameters of each row of a table come from; one value a row. */
record RowProposals(List<Optional<Proposal>> ofRows) {
  static RowProposals of(Optional<Proposal> proposal, int rows) {
    return new RowProposals(Collections.nCopies(rows, proposal));
  }

  RowProposals append(RowProposals other) {
    return new RowProposals(Stream.concat(ofRows.stream(), other.ofRows.stream()).toList());
  }

  RowProposals take(int[] rows) {
    List<Optional<Proposal>> taken = new ArrayList<>(rows.length);
    for (int row : rows) {
      taken.add(ofRows.get(row));
    }
    return new RowProposals(taken);
  }

  /** The proposal of all rows. */
  Optional<Proposal> ofAll() {
    Set<Object> different = Collections.newSetFromMap(new IdentityHashMap<>());
    ofRows.forEach(proposal -> different.add(proposal.orElse(null)));
    if (different.size() > 1) {
      throw new IllegalStateException(
          "the simulations come from "
              + different.size()
              + " proposals; ask for that of a row, proposal(row), or take the table of each,"
              + " byProposal()");
    }
    return ofRows.isEmpty() ? Optional.empty() : ofRows.get(0);
  }

  /** The rows of each proposal, in the order of their first rows. */
  List<int[]> groups() {
    Map<Object, List<Integer>> groups = new IdentityHashMap<>();
    Map<Integer, List<Integer>> ordered = new LinkedHashMap<>();
    for (int i = 0; i < ofRows.size(); i++) {
      int row = i;
      Object key = ofRows.get(i).isPresent() ? ofRows.get(i).get() : this;
      groups.computeIfAbsent(key, k -> ordered.computeIfAbsent(row, r -> new ArrayList<>())).add(i);
    }
    return ordered.values().stream()
        .map(rows -> rows.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }
}
