package io.github.sbi4j.core.process;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ends programs with all the programs they started. */
final class ProcessTree {
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(ProcessTree::kill), "sbi-kill"));
  }

  private ProcessTree() {}

  /** Has a process killed when this JVM ends in order. */
  static void killAtExit(Process process) {
    RUNNING.add(process);
    process.onExit().thenRun(() -> RUNNING.remove(process));
  }

  /**
   * Kills a process and its descendants. Those that it left behind when it ended by itself, or that
   * were made daemons, are no descendants any more.
   */
  static void kill(Process process) {
    List<ProcessHandle> before = process.descendants().toList();
    // The parent first: it must not replace its children or report their death as a result.
    process.destroyForcibly();
    before.forEach(ProcessHandle::destroyForcibly);
    // Children of children that were born meanwhile.
    before.stream().flatMap(ProcessHandle::descendants).forEach(ProcessHandle::destroyForcibly);
  }
}
