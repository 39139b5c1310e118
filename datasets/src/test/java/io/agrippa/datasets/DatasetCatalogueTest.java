package io.agrippa.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.agrippa.engine.InputCatalogue;
import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class DatasetCatalogueTest {
  @Test
  void isFoundAndOpensBothKindsOfNames() throws IOException {
    List<InputCatalogue> found =
        ServiceLoader.load(InputCatalogue.class).stream().map(ServiceLoader.Provider::get).toList();
    assertThat(found).hasSize(1).first().isInstanceOf(DatasetCatalogue.class);
    InputCatalogue catalogue = found.get(0);
    assertThat(catalogue.prefixes()).containsExactly("dataset", "generate");
    assertThat(catalogue.open("dataset:iris").schema().names()).contains("Species");
    assertThat(catalogue.files("dataset:iris")).containsExactly(Datasets.named("iris").path());
    assertThat(catalogue.open("generate:higgs,rows=5").rows()).hasValue(5);
    assertThat(catalogue.files("generate:higgs,rows=5")).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalogue.files("dataset:irises"))
        .withMessageContaining("iris");
  }
}
