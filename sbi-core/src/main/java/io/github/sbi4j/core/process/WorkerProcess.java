package io.github.sbi4j.core.process;

import io.github.sbi4j.core.process.Protocol.Answer;
import io.github.sbi4j.core.process.Protocol.BadLineException;
import io.github.sbi4j.core.process.Protocol.Greeting;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A worker from its start to its end.
 *
 * <p>A thread of its own writes to it and reads from it, because neither can be interrupted; the
 * caller waits for that thread and can always leave. That thread never writes more than a pipe
 * holds before it has read the answers, so the two never wait for each other.
 */
final class WorkerProcess {
  /** How many bytes of requests may be unanswered; the smallest pipe, of Windows, holds them. */
  private static final int AHEAD_BYTES = 4096;

  private static final int MAX_BANNER_LINES = 1000;
  private static final int SHOWN = 200;
  private static final Duration SOON = Duration.ofMillis(500);
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(SOON.toMillis(), TimeUnit.MILLISECONDS);

  private final Process process;
  private final OutputTail stderr;
  private final OutputStream requests;
  private final LineReader answers;
  private final int maxAnswerBytes;
  private final CompletableFuture<Greeting> greeting = new CompletableFuture<>();
  private final BlockingQueue<Exchange> todo = new LinkedBlockingQueue<>();
  private volatile @Nullable Exchange current;
  private volatile boolean ended;
  private volatile @Nullable List<String> names;
  private long id; // of the thread that writes and reads

  private WorkerProcess(Process process, int maxAnswerBytes) {
    this.process = process;
    this.maxAnswerBytes = maxAnswerBytes;
    this.stderr = new OutputTail(process.getErrorStream(), "sbi-worker-stderr-" + process.pid());
    this.requests = process.getOutputStream();
    this.answers = new LineReader(process.getInputStream(), maxAnswerBytes);
  }

  /** Starts a worker, without waiting until it is ready. */
  static WorkerProcess start(Command command, int maxAnswerBytes) throws ProcessException {
    Process process;
    try {
      process = command.builder(UnaryOperator.identity()).start();
    } catch (IOException e) {
      throw new ProcessException("cannot start " + command + ": " + e.getMessage(), "");
    }
    ProcessTree.killAtExit(process);
    WorkerProcess worker = new WorkerProcess(process, maxAnswerBytes);
    Thread thread = new Thread(worker::serve, "sbi-worker-" + process.pid());
    thread.setDaemon(true);
    thread.start();
    // A process that it leaves behind may hold its output open, so that it never seems to end.
    process.onExit().thenRunAsync(worker::end, LATER);
    return worker;
  }

  /** Waits until the worker says that it is ready. */
  void awaitReady(Duration limit) throws ProcessException, InterruptedException {
    try {
      Greeting ready = greeting.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (ready.version() != Protocol.VERSION) {
        throw failure(
            String.format(
                Locale.ROOT,
                "the worker speaks version %d of the protocol, expected %d; use the worker that comes with this library",
                ready.version(),
                Protocol.VERSION));
      }
      names = ready.names();
    } catch (TimeoutException e) {
      throw failure(
          "the worker did not say that it is ready within "
              + limit
              + "; it has to begin with the line {\"sbi4j\": 1}, or needs a longer start time-out");
    } catch (ExecutionException e) {
      throw failure(
          "the worker " + exit() + " before it said that it is ready by the line {\"sbi4j\": 1}");
    }
  }

  /** The names of the observed values, if the worker gave any. */
  @Nullable List<String> names() {
    return names;
  }

  boolean isAlive() {
    return process.isAlive() && !ended;
  }

  Process process() {
    return process;
  }

  /**
   * Has rows simulated until all are answered; the one that the worker fails at is left open.
   *
   * @throws ProcessException if the worker ended or broke the protocol at the next row
   * @throws TimeoutException if it took too long for the next row
   */
  void run(Exchange exchange, @Nullable Duration limit)
      throws InterruptedException, ProcessException, TimeoutException {
    current = exchange;
    if (ended) {
      exchange.breakOff(null);
    }
    todo.add(exchange);
    Exchange.End end = exchange.await(limit == null ? Long.MAX_VALUE : limit.toNanos());
    current = null;
    if (end == Exchange.End.LATE) {
      kill();
      stderr.awaitEnd();
      throw new TimeoutException(
          "the worker took longer than "
              + limit
              + " and was killed"
              + ProcessException.ending(stderr.text()));
    }
    if (end == Exchange.End.BROKEN) {
      String breach = exchange.breach();
      throw failure(breach == null ? "the worker " + exit() + " in this simulation" : breach);
    }
  }

  /** Kills the worker with all that it started. */
  void kill() {
    ProcessTree.kill(process);
  }

  /** Lets the worker end by itself: there will be no more requests. */
  void endInput() {
    try {
      requests.close();
    } catch (IOException e) {
      // It has ended already.
    }
  }

  /** No more is sent; what it answered before is still read, as long as that goes on. */
  private void end() {
    ended = true;
    Exchange exchange = current;
    if (exchange != null && !exchange.breakOffIfStill(SOON)) {
      LATER.execute(this::end);
    }
  }

  private ProcessException failure(String what) {
    kill();
    stderr.awaitEnd();
    return new ProcessException(what, stderr.text());
  }

  /** How the worker ended, in words; it may be about to. */
  private String exit() throws InterruptedException {
    return process.waitFor(1, TimeUnit.SECONDS)
        ? "ended with status " + process.exitValue()
        : "closed its standard input or output";
  }

  /** The life of the thread that writes and reads. */
  private void serve() {
    Exchange exchange = null;
    try {
      greeting.complete(readGreeting());
      do {
        exchange = todo.take();
      } while (serve(exchange));
    } catch (LineReader.TooLongException e) {
      breakOff(exchange, "the worker answered with more than " + maxAnswerBytes + " bytes", e);
    } catch (BadLineException e) {
      breakOff(exchange, e.getMessage(), e);
    } catch (IOException e) {
      breakOff(exchange, null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody interrupts it
    }
  }

  private void breakOff(@Nullable Exchange exchange, @Nullable String reason, Exception e) {
    greeting.completeExceptionally(e);
    if (exchange != null) {
      exchange.breakOff(reason);
    }
  }

  private Greeting readGreeting() throws IOException {
    for (int i = 0; i < MAX_BANNER_LINES; i++) {
      Greeting read = Protocol.greeting(readLine());
      if (read != null) {
        return read;
      }
    }
    throw new IOException("no greeting");
  }

  private String readLine() throws IOException {
    String line = answers.next();
    if (line == null) {
      throw new IOException("the worker closed its output");
    }
    return line;
  }

  /** Sends requests ahead and reads their answers; false if nobody waits for them any more. */
  private boolean serve(Exchange exchange) throws IOException, BadLineException {
    Batch batch = exchange.batch();
    int[] bytes = new int[batch.size()];
    StringBuilder lines = new StringBuilder();
    int unanswered = 0;
    int sent = exchange.from();
    long firstId = id - sent;
    boolean wanted = true;
    for (int row = exchange.from(); row < batch.size() && wanted; row++) {
      if (unanswered <= AHEAD_BYTES / 2) {
        while (sent < batch.size()) {
          String line = Protocol.request(firstId + sent, batch.parameters(sent), batch.seed(sent));
          if (unanswered > 0 && unanswered + line.length() > AHEAD_BYTES) {
            break;
          }
          lines.append(line);
          bytes[sent++] = line.length();
          unanswered += line.length();
        }
        send(lines.toString());
        lines.setLength(0);
      }
      wanted = take(exchange, readLine(), id++);
      unanswered -= bytes[row];
    }
    return wanted;
  }

  private void send(String lines) {
    try {
      requests.write(lines.getBytes(StandardCharsets.US_ASCII));
      requests.flush();
    } catch (IOException e) {
      // It has ended, and may have left answers: the row after those is the one that it failed at.
      LATER.execute(this::end);
    }
  }

  private boolean take(Exchange exchange, String line, long expectedId) throws BadLineException {
    Answer answer;
    try {
      answer = Protocol.answer(line);
    } catch (BadLineException e) {
      throw new BadLineException(
          "the worker answered '"
              + (line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line)
              + "'; "
              + e.getMessage()
              + ", such as {\"id\": "
              + expectedId
              + ", \"result\": [1.5, 2]}. What is not for the protocol belongs on standard error");
    }
    if (answer.id() != expectedId) {
      throw new BadLineException(
          String.format(
              Locale.ROOT,
              "the worker answered with id %d, expected %d; answers come in the order of the requests",
              answer.id(),
              expectedId));
    }
    double[] result = answer.result();
    if (result == null) {
      return exchange.fail(
          new ProcessException("the simulation failed: " + shortened(answer.error()), ""));
    }
    List<String> expected = names;
    if (expected != null && expected.size() != result.length) {
      return exchange.fail(
          new ProcessException(
              String.format(
                  Locale.ROOT,
                  "the worker answered with %d values, expected %d for its names %s",
                  result.length,
                  expected.size(),
                  expected),
              ""));
    }
    return exchange.answer(result);
  }

  /** The end of a traceback says most. */
  private static String shortened(@Nullable String error) {
    String text = error == null ? "" : error.strip();
    return text.length() > OutputTail.KEPT
        ? "..." + text.substring(text.length() - OutputTail.KEPT)
        : text;
  }
}
