package io.github.sbi4j.analysis.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A page in a headless Chromium, driven over the DevTools protocol. */
final class Chromium implements AutoCloseable {
  private static final long SECONDS = 60;

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger last = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<JsonObject>> awaited = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private Chromium(Process process, URI page) throws Exception {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(page, new Listener())
            .get(SECONDS, TimeUnit.SECONDS);
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      send(domain + ".enable", new JsonObject());
    }
  }

  /** The browser that is installed, if one is. */
  static Optional<Path> installed() {
    Stream<String> folders =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
    List<String> names = List.of("chromium", "chromium-browser", "google-chrome");
    return folders
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium start(Path browser, Path profile) throws Exception {
    Process process =
        new ProcessBuilder(
                browser.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--remote-debugging-port=0",
                "--remote-allow-origins=*",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    try {
      BufferedReader output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      URI browserUri = URI.create(address(output));
      Thread drain = new Thread(() -> output.lines().forEach(line -> {}), "chromium-output");
      drain.setDaemon(true);
      drain.start();
      return new Chromium(process, page(browserUri));
    } catch (Exception e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static String address(BufferedReader output) throws IOException {
    StringBuilder read = new StringBuilder();
    String line;
    while ((line = output.readLine()) != null) {
      read.append(line).append('\n');
      if (line.startsWith("DevTools listening on ")) {
        return line.substring("DevTools listening on ".length()).trim();
      }
    }
    throw new IOException("Chromium did not start:\n" + read);
  }

  private static URI page(URI browser) throws Exception {
    URI list = URI.create("http://" + browser.getAuthority() + "/json/list");
    HttpRequest request = HttpRequest.newBuilder(list).timeout(Duration.ofSeconds(SECONDS)).build();
    String answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    for (JsonElement target : JsonParser.parseString(answer).getAsJsonArray()) {
      if (target.getAsJsonObject().get("type").getAsString().equals("page")) {
        return URI.create(target.getAsJsonObject().get("webSocketDebuggerUrl").getAsString());
      }
    }
    throw new IOException("Chromium has no page: " + answer);
  }

  /** Sends a command and waits for its result. */
  JsonObject send(String method, JsonObject parameters) throws Exception {
    int id = last.incrementAndGet();
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    answers.put(id, answer);
    JsonObject command = new JsonObject();
    command.addProperty("id", id);
    command.addProperty("method", method);
    command.add("params", parameters);
    socket.sendText(command.toString(), true).get(SECONDS, TimeUnit.SECONDS);
    JsonObject result = answer.get(SECONDS, TimeUnit.SECONDS);
    if (result.has("error")) {
      throw new IllegalStateException(method + ": " + result.get("error"));
    }
    return result.getAsJsonObject("result");
  }

  JsonObject send(String method, String json) throws Exception {
    return send(method, JsonParser.parseString(json).getAsJsonObject());
  }

  /** The window's size in CSS pixels, as of a telephone where it is mobile. */
  void size(int width, int height, boolean mobile) throws Exception {
    send(
        "Emulation.setDeviceMetricsOverride",
        "{width: %d, height: %d, deviceScaleFactor: 1, mobile: %s}"
            .formatted(width, height, mobile));
  }

  /** The medium, screen or print, and the preferred scheme of colours, light or dark. */
  void media(String medium, String scheme) throws Exception {
    send(
        "Emulation.setEmulatedMedia",
        "{media: '%s', features: [{name: 'prefers-color-scheme', value: '%s'}]}"
            .formatted(medium, scheme));
  }

  void scripts(boolean allowed) throws Exception {
    send("Emulation.setScriptExecutionDisabled", "{value: " + !allowed + "}");
  }

  /** Opens a file and waits until it is loaded. */
  void open(Path file) throws Exception {
    CompletableFuture<JsonObject> loaded = new CompletableFuture<>();
    awaited.put("Page.loadEventFired", loaded);
    requests.clear();
    complaints.clear();
    JsonObject parameters = new JsonObject();
    parameters.addProperty("url", file.toUri().toString());
    send("Page.navigate", parameters);
    loaded.get(SECONDS, TimeUnit.SECONDS);
  }

  /** The value of an expression. */
  JsonElement evaluate(String expression) throws Exception {
    JsonObject parameters = new JsonObject();
    parameters.addProperty("expression", expression);
    parameters.addProperty("returnByValue", true);
    JsonObject answer = send("Runtime.evaluate", parameters);
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
    }
    JsonElement value = answer.getAsJsonObject("result").get("value");
    return value == null ? answer.getAsJsonObject("result") : value;
  }

  /** Presses a key that types nothing, or Enter. */
  void press(String key, int code) throws Exception {
    String text = key.equals("Enter") ? ", text: '\\r'" : "";
    for (String type : List.of(text.isEmpty() ? "rawKeyDown" : "keyDown", "keyUp")) {
      send(
          "Input.dispatchKeyEvent",
          "{type: '%s', key: '%s', code: '%s', windowsVirtualKeyCode: %d%s}"
              .formatted(type, key, key, code, type.equals("keyUp") ? "" : text));
    }
  }

  /** The addresses asked for since the page was opened. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** What the console and the log said since the page was opened. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() throws Exception {
    socket.abort();
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    // They write into the profile until they end.
    for (ProcessHandle child : children) {
      child.destroyForcibly();
      child.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  /** Puts together the parts of messages and hands them to who waits. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean end) {
      message.append(data);
      if (end) {
        JsonObject json = JsonParser.parseString(message.toString()).getAsJsonObject();
        message.setLength(0);
        if (json.has("id")) {
          answers.remove(json.get("id").getAsInt()).complete(json);
        } else {
          event(json.get("method").getAsString(), json.getAsJsonObject("params"));
        }
      }
      webSocket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    private void event(String method, JsonObject parameters) {
      switch (method) {
        case "Network.requestWillBeSent" ->
            requests.add(parameters.getAsJsonObject("request").get("url").getAsString());
        case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded" ->
            complaints.add(method + " " + parameters);
        default -> {
          // Nobody counts the others.
        }
      }
      CompletableFuture<JsonObject> waiting = awaited.remove(method);
      if (waiting != null) {
        waiting.complete(parameters);
      }
    }
  }
}
