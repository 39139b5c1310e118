package io.agrippa.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.run.Job;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageTest {
  private static final Job JOB = Job.read(new Job.Dataset("flights.parquet"));
  private static final Schema COLUMNS =
      new Schema(List.of(new Field("distance", Type.Scalar.DOUBLE)));

  static List<Message> messages() {
    return List.of(
        new Message.Ask(JOB, "spark:local[2]"),
        new Message.Cancel(),
        new Message.Hello(),
        new Message.Ready(Optional.of(Duration.ofSeconds(3))),
        new Message.Started(1, -1),
        new Message.Advanced(5, 7),
        new Message.BadRow("a.csv", 3, "x", null, "no number"),
        new Message.Failed("IO", "gone"));
  }

  /** A pipe: what comes next is not there before it is read. */
  private static DataInputStream pipe(byte[] bytes) {
    InputStream all = new ByteArrayInputStream(bytes);
    return new DataInputStream(
        new InputStream() {
          @Override
          public int read() throws IOException {
            return all.read();
          }

          @Override
          public int read(byte[] to, int offset, int length) throws IOException {
            return all.read(to, offset, Math.min(length, 1));
          }
        });
  }

  private static byte[] written(Message message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Message.write(message, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void comesThroughAPipeByteByByte(Message message) throws IOException {
    DataInputStream in = pipe(written(message));
    assertThat(Message.read(in)).isEqualTo(message);
    assertThat(Message.read(in)).isNull();
  }

  @Test
  void whatWasDoneComesThroughAPipeByteByByte() throws IOException {
    byte[] state = new byte[70_000];
    Message read =
        Message.read(pipe(written(new Message.Done(new byte[] {1}, state, JOB, COLUMNS))));
    assertThat(read).isInstanceOf(Message.Done.class);
    Message.Done done = (Message.Done) read;
    assertThat(done.measurement()).containsExactly(1);
    assertThat(done.state()).isEqualTo(state);
    assertThat(done.job()).isEqualTo(JOB);
    assertThat(done.columns()).isEqualTo(COLUMNS);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void anEndInTheMiddleIsThatOfTheOtherEnd(Message message) throws IOException {
    byte[] bytes = written(message);
    for (int length = 0; length < bytes.length; length++) {
      assertThat(Message.read(pipe(Arrays.copyOf(bytes, length)))).isNull();
    }
  }

  @Test
  void whatSomethingElseWroteIsToldSo() {
    assertThatThrownBy(() -> Message.read(pipe(new byte[] {'W', 'A', 'R', 'N'})))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("something wrote to the stream between");
  }
}
