package io.agrippa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int agrippa(String... args) {
    out.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private Path data() throws IOException {
    Random random = new Random(11);
    StringBuilder csv = new StringBuilder("id,amount,town\n");
    String[] towns = {"Ulm", "Köln", "", "Rom"};
    for (int i = 0; i < 20_000; i++) {
      csv.append(i).append(',').append(random.nextGaussian()).append(',');
      csv.append(towns[random.nextInt(4)]).append('\n');
    }
    return Files.writeString(folder.resolve("data.csv"), csv);
  }

  @Test
  void givesTheSameBitsOnEveryRunnerAndInEveryCut() throws IOException {
    String file = data().toString();
    JsonNode serial = profile("-i", file, "--schema=amount double", "--on=serial");
    assertThat(serial.path("rows").asLong()).isEqualTo(20_000);
    for (String cut : new String[] {"rows:1000", "rows:777", "bytes:5000", "natural"}) {
      JsonNode other =
          profile("-i", file, "--schema=amount double", "--on=threads:3", "--partition=" + cut);
      for (int i = 0; i < 3; i++) {
        JsonNode expected = serial.path("columns").get(i);
        JsonNode actual = other.path("columns").get(i);
        for (String exact : new String[] {"values", "missing", "numbers", "distinct"}) {
          assertThat(actual.path(exact)).as("%s, %s", cut, exact).isEqualTo(expected.path(exact));
        }
      }
      // the towns are few, so their counts are exact too
      assertThat(other.path("columns").get(2)).isEqualTo(serial.path("columns").get(2));
    }
  }

  private JsonNode profile(String... args) throws IOException {
    String[] all = new String[args.length + 2];
    all[0] = "profile";
    all[1] = "--json";
    System.arraycopy(args, 0, all, 2, args.length);
    assertThat(agrippa(all)).as(err.toString()).isZero();
    return new ObjectMapper().readTree(out.toString()).path("profile");
  }

  @Test
  void showsPeopleTables() throws IOException {
    assertThat(agrippa("profile", "-i", data().toString(), "--columns", "town,amount")).isZero();
    assertThat(out.toString())
        .contains("20,000 rows", "MISSING", "MEDIAN", "Köln", "town", "STD. DEVIATION")
        .doesNotContain("id ");
    assertThat(err.toString()).contains("output digest");
  }

  @Test
  void aColumnThatIsNotThereIsNamed() throws IOException {
    assertThat(agrippa("profile", "-i", data().toString(), "--columns", "twon")).isEqualTo(1);
    assertThat(err.toString()).contains("\"twon\"").contains("town");
  }
}
