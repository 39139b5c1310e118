package io.agrippa.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A standalone cluster of processes on the loopback interface: a master and some workers. */
final class StandaloneCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Pattern ALIVE = Pattern.compile("\"aliveworkers\"\\s*:\\s*(\\d+)");

  private final Path home = Path.of(System.getProperty("agrippa.spark.home"));
  private final Path folder;
  private final int port = freePort();
  private final int page = freePort();
  private final List<Process> workers = new ArrayList<>();
  private final Process master;

  StandaloneCluster(Path folder, int size) throws IOException, InterruptedException {
    this.folder = folder;
    master =
        start(
            "master",
            "127.0.0.1",
            "org.apache.spark.deploy.master.Master",
            "--host",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--webui-port",
            Integer.toString(page));
    try {
      await(0);
      for (int i = 0; i < size; i++) {
        addWorker();
      }
      await(size);
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts one more worker, of one core; to Spark, each is a machine of its own. */
  void addWorker() throws IOException {
    String name = "worker-" + workers.size();
    String host = "127.0.0." + (workers.size() + 1);
    workers.add(
        start(
            name,
            host,
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            host,
            "--webui-port",
            Integer.toString(freePort()),
            "--cores",
            "1",
            "--memory",
            "1536m",
            "--work-dir",
            folder.resolve(name).toString(),
            url()));
  }

  private Process start(String name, String host, String type, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(home + "/bin/spark-class", type));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_LOCAL_IP", host);
    builder.environment().put("SPARK_NO_DAEMONIZE", "1");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name + ".log").toFile())
        .start();
  }

  /** Waits until so many workers are there. */
  void await(int size) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (alive() != size) {
      if (System.nanoTime() - deadline > 0 || !master.isAlive()) {
        throw new IOException(
            "the cluster has %d workers, not %d; the master's log: %s"
                .formatted(alive(), size, Files.readString(folder.resolve("master.log"))));
      }
      Thread.sleep(200);
    }
  }

  /** How many workers the master counts, or -1 while it does not answer. */
  private int alive() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page + "/json/")).build();
    try {
      String answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
      Matcher matcher = ALIVE.matcher(answer);
      return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    } catch (IOException e) {
      return -1;
    }
  }

  String url() {
    return "spark://127.0.0.1:" + port;
  }

  /** The executors of a worker that run. */
  List<ProcessHandle> executors(int worker) {
    return workers
        .get(worker)
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .toList();
  }

  /** Ends an executor of a worker as a crash would; whether there was one. */
  boolean killExecutor(int worker) {
    return executors(worker).stream()
        .map(ProcessHandle::destroyForcibly)
        .reduce(false, (a, b) -> a || b);
  }

  /** Ends a worker with its executors as the loss of its machine would. */
  void killWorker(int worker) {
    List<ProcessHandle> all = new ArrayList<>(workers.get(worker).descendants().toList());
    workers.get(worker).destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    for (int i = 0; i < workers.size(); i++) {
      killWorker(i);
    }
    master.destroyForcibly();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
