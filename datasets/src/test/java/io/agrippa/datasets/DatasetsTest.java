package io.agrippa.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatasetsTest {
  static Stream<Dataset> all() {
    return Datasets.all().stream();
  }

  @Test
  void theCatalogueHoldsElevenDatasetsUnderDistinctNames() {
    assertThat(Datasets.names())
        .containsExactly(
            "flights",
            "flights-200k",
            "diamonds",
            "credit-data",
            "lending-club",
            "iris",
            "soybean",
            "letter-recognition",
            "shuttle",
            "spam",
            "breast-cancer-wisconsin");
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyFileIsTheOneOfTheCatalogue(Dataset dataset) throws IOException {
    dataset.verify();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyDatasetSaysWhoseItIsAndWhatItsColumnsMean(Dataset dataset) {
    assertThat(dataset.name()).matches("[a-z0-9-]+");
    assertThat(dataset.file())
        .isEqualTo(dataset.name() + "." + dataset.format().name().toLowerCase(Locale.ROOT));
    assertThat(List.of(dataset.title(), dataset.description())).noneMatch(String::isBlank);
    assertThat(dataset.source().url()).startsWith("https://");
    assertThat(
            List.of(
                dataset.source().title(),
                dataset.source().packaging(),
                dataset.source().citation()))
        .noneMatch(String::isBlank);
    assertThat(dataset.licence().url()).startsWith("https://");
    assertThat(
            List.of(dataset.licence().id(), dataset.licence().name(), dataset.licence().notice()))
        .noneMatch(String::isBlank);
    assertThat(dataset.dictionary()).allMatch(v -> !v.meaning().isBlank());
    assertThat(dataset.schema().names()).doesNotHaveDuplicates().contains(dataset.target());
  }

  @Test
  void everyFileOfTheDataFolderIsInTheCatalogue() throws IOException {
    try (Stream<Path> files = Files.list(Datasets.named("iris").path().getParent())) {
      assertThat(files.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(Datasets.all().stream().map(Dataset::file).toList());
    }
  }

  @Test
  void theReadmeStatesLicenceAndCitationOfEveryDataset() throws IOException {
    String readme =
        Files.readString(Path.of(System.getProperty("agrippa.root"), "datasets/README.md"));
    for (Dataset dataset : Datasets.all()) {
      assertThat(readme)
          .contains("`" + dataset.name() + "`")
          .contains(dataset.licence().id())
          .contains(dataset.licence().notice())
          .contains(dataset.source().citation())
          .contains(dataset.source().packaging());
    }
  }

  @Test
  void theSchemaHasTheTypesOfTheDictionary() {
    assertThat(Datasets.named("diamonds").schema().toString())
        .isEqualTo(
            "(carat DOUBLE, cut STRING, color STRING, clarity STRING, depth DOUBLE, table DOUBLE,"
                + " price INT, x DOUBLE, y DOUBLE, z DOUBLE)");
    assertThat(Datasets.named("flights").schema().field(0).type())
        .isEqualTo(new Type.Timestamp(Type.Unit.MICROS, Type.Clock.LOCAL));
  }

  @Test
  void csvIsReadWithTheTypesOfTheDictionary() throws IOException {
    for (Dataset dataset : Datasets.all()) {
      if (dataset.format() == Format.CSV) {
        assertThat(dataset.open().schema()).isEqualTo(dataset.schema());
      }
    }
    assertThat(Datasets.open("dataset:iris").schema()).isEqualTo(Datasets.named("iris").schema());
  }

  @Test
  void arrowHasTheTypesOfTheDictionary() throws IOException {
    Dataset dataset = Datasets.named("flights-200k");
    assertThat(dataset.open().schema()).isEqualTo(dataset.schema());
    assertThat(dataset.open().rows()).hasValue(dataset.rows());
  }

  @Test
  void datasetsAndGeneratorsAreToldFromFiles() throws IOException {
    assertThat(Datasets.isName("dataset:iris")).isTrue();
    assertThat(Datasets.isName("generate:higgs")).isTrue();
    assertThat(Datasets.isName("iris.csv")).isFalse();
    assertThat(Datasets.open("generate:higgs,rows=7").rows()).hasValue(7);
  }

  @Test
  void anUnknownNameIsAnsweredWithNearNames() {
    assertThatThrownBy(() -> Datasets.named("flight"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "dataset:flight is not in the catalogue; did you mean flights or flights-200k?");
    assertThatThrownBy(() -> Datasets.named("credit_data"))
        .hasMessageContaining("did you mean credit-data?");
    assertThatThrownBy(() -> Datasets.named("xyz"))
        .hasMessageContaining("there are flights, flights-200k, diamonds");
  }

  @Test
  void anAbsentFileIsAnsweredWithTheFoldersThatWereSearched(@TempDir Path empty) {
    assertThatThrownBy(() -> DataFolder.find("iris.csv", "dataset:iris", List.of(empty)))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(
            "iris.csv: the file of dataset:iris is in none of the folders "
                + empty
                + "; name the folder that holds it: -Dagrippa.data=FOLDER");
  }

  @Test
  void theDataFolderIsFoundFromClassesJarsAndDistributions() {
    assertThat(DataFolder.above(Path.of("/r/datasets/target/classes")))
        .contains(Path.of("/r/datasets/data"));
    assertThat(DataFolder.above(Path.of("/r/datasets/target/agrippa-datasets.jar")))
        .contains(Path.of("/r/datasets/data"));
    assertThat(DataFolder.above(Path.of("/opt/agrippa/lib/agrippa-datasets.jar")))
        .contains(Path.of("/opt/agrippa/data"));
    assertThat(DataFolder.candidates("somewhere", DataFolder.class))
        .containsExactly(Path.of("somewhere").toAbsolutePath());
  }

  @Test
  void aFileOfAnotherSizeOrContentIsNotTheDataset(@TempDir Path folder) throws IOException {
    Dataset iris = Datasets.named("iris");
    byte[] bytes = Files.readAllBytes(iris.path());
    bytes[bytes.length / 2] ^= 1;
    Path changed = Files.write(folder.resolve("iris.csv"), bytes);
    String property = System.setProperty(DataFolder.PROPERTY, folder.toString());
    try {
      assertThatThrownBy(iris::verify)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("SHA-256 is ")
          .hasMessageContaining(iris.sha256());
      Files.write(changed, new byte[] {1});
      assertThatThrownBy(iris::path)
          .hasMessage(changed + ": has 1 bytes, but dataset:iris has 4026; fetch the file again");
    } finally {
      if (property == null) {
        System.clearProperty(DataFolder.PROPERTY);
      } else {
        System.setProperty(DataFolder.PROPERTY, property);
      }
    }
  }
}
