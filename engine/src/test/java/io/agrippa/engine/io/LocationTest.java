package io.agrippa.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocationTest {
  @TempDir Path folder;

  private Path make(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "a\n1\n");
  }

  private List<String> found(String location) throws IOException {
    return Inputs.files(location).stream().map(p -> folder.relativize(p).toString()).toList();
  }

  @Test
  void globsFindWhatTheyShowInOrder() throws IOException {
    for (String name :
        List.of(
            "b.csv",
            "a.csv",
            "c.tsv",
            "sub/d.csv",
            "sub/deep/e.csv",
            "_x/f.csv",
            ".h.csv",
            "sub/_g.csv")) {
      make(name);
    }
    assertThat(found(folder + "/*.csv")).containsExactly("a.csv", "b.csv");
    assertThat(found(folder + "/*/*.csv")).containsExactly("sub/d.csv");
    assertThat(found(folder + "/**.csv"))
        .containsExactly("a.csv", "b.csv", "sub/d.csv", "sub/deep/e.csv");
    assertThat(found(folder + "/{a,c}.?sv")).containsExactly("a.csv", "c.tsv");
    assertThat(found(folder + "/sub/**/[a-e].csv")).containsExactly("sub/deep/e.csv");
    assertThat(found(folder + "/a.csv")).containsExactly("a.csv");
    assertThat(found(folder + "/.h.csv")).containsExactly(".h.csv"); // named outright
    assertThat(Inputs.files("-")).isEmpty();
  }

  @Test
  void aFileWhoseNameLooksLikeAGlobIsAFile() throws IOException {
    make("a[1].csv");
    assertThat(found(folder + "/a[1].csv")).containsExactly("a[1].csv");
  }

  @Test
  void whatIsNotThereIsNamed() throws IOException {
    make("a.csv");
    assertThatThrownBy(() -> Inputs.open(folder + "/b.csv"))
        .isInstanceOf(IOException.class)
        .hasMessage(folder + "/b.csv does not exist; check the name and the working directory");
    assertThatThrownBy(() -> Inputs.open(folder + "/b*.csv"))
        .isInstanceOf(IOException.class)
        .hasMessage(folder + "/b*.csv matches no file");
    assertThatThrownBy(() -> Inputs.open(folder + "/none/*.csv"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no directory " + folder.resolve("none"));
    assertThatThrownBy(() -> Inputs.open(folder + "/{a.csv"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is neither a file nor a glob");
  }

  @Test
  void aDirectoryOfNothingOrOfDirectoriesIsRefused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Files.writeString(empty.resolve("_SUCCESS"), "");
    assertThatThrownBy(() -> Inputs.open(empty.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds no files");
    assertThatThrownBy(() -> Inputs.open(folder.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds the directory empty")
        .hasMessageContaining("/**");
  }

  @Test
  void theFormatIsToldByTheNameOrGiven() throws IOException {
    make("one/a.csv");
    make("one/README.md");
    assertThatThrownBy(() -> Inputs.open(folder + "/one"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("README.md: the name does not tell the format");
    InputOptions csv = new InputOptions(Optional.of(Format.CSV), CsvOptions.DEFAULT);
    assertThat(Table.read(Inputs.open(folder + "/one/README.md", csv)).rows())
        .containsExactly(List.of("1"));
    make("two/a.csv");
    make("two/b.parquet");
    assertThatThrownBy(() -> Inputs.open(folder + "/two"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds files of several formats ([CSV, PARQUET])");
    assertThat(Format.of(Path.of("A.CSV.GZ"))).contains(Format.CSV);
    assertThat(Format.of(Path.of("a.pq"))).contains(Format.PARQUET);
    assertThat(Format.of(Path.of("a.parquet.gz"))).isEmpty();
    assertThat(Format.of(Path.of("csv"))).isEmpty();
  }

  @Test
  void anOutputsFormatIsToldByTheNameOrGiven() {
    assertThatThrownBy(
            () ->
                Outputs.open(
                    folder + "/out.txt", SinkContract.SMALL, OutputOptions.DEFAULT, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("out.txt: the name does not tell the format");
  }
}
