package io.agrippa.cli.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes small cases by hand. */
final class CaseFolder {
  private final Path root;

  CaseFolder(Path root) {
    this.root = root;
  }

  /** A case whose description is the standard one with some lines more (later ones win). */
  Path add(String source, String name, String more, String expected) throws IOException {
    Path folder = Files.createDirectories(root.resolve(source).resolve(name));
    Files.writeString(
        folder.resolve("case.json"),
        """
        {"source": "%s", "case": "%s", "missingInput": "", "missingExpected": "", "columns": ["y"],
         "tolerance": {"kind": "any", "relative": 1e-6, "absolute": 1e-9}, "modelElement": "TreeModel",
         "segmentation": null, "grouped": false, "mode": "rows"%s}
        """
            .formatted(source, name, more.isEmpty() ? "" : ", " + more));
    Files.writeString(folder.resolve("input.csv"), "x\r\n1\r\n");
    Files.writeString(folder.resolve("expected.csv"), expected);
    return folder;
  }

  /** A scorer that answers every case with the same columns. */
  static CaseScorer answering(Map<String, List<Object>> columns) {
    return c -> new ScoredTable(columns.values().iterator().next().size(), columns);
  }

  /** One column; null stands for a missing value. */
  static Map<String, List<Object>> column(String name, Object... values) {
    List<Object> list = new ArrayList<>();
    for (Object value : values) {
      list.add(value);
    }
    Map<String, List<Object>> columns = new LinkedHashMap<>();
    columns.put(name, list);
    return columns;
  }
}
