package io.agrippa.engine;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Holds the arrows between the packages of the engine as the architecture draws them: which package
 * may import which, and which library is seen by which package only. A layer is the first part of
 * the name after {@code io.agrippa.engine}; what lies deeper belongs to it.
 */
class LayeringTest {
  private static final String ROOT = "io.agrippa.engine";

  /** The front door's own layer: the classes directly in {@link #ROOT}. */
  private static final String FRONT = "";

  /** Layer to the layers it may import. The front door and {@code process} see (nearly) all. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry(
              FRONT,
              Set.of(
                  "model",
                  "pmml",
                  "data",
                  "arrow",
                  "io",
                  "kernel",
                  "compile",
                  "reference",
                  "measure",
                  "run",
                  "analysis",
                  "process",
                  "scaling")),
          Map.entry("model", Set.of()),
          Map.entry("pmml", Set.of("model")),
          Map.entry("data", Set.of()),
          Map.entry("arrow", Set.of("data")),
          Map.entry("io", Set.of("data", "arrow")),
          Map.entry("kernel", Set.of()),
          Map.entry("compile", Set.of("model", "data", "kernel")),
          Map.entry("reference", Set.of("data")),
          Map.entry("measure", Set.of()),
          Map.entry("run", Set.of("data", "measure")),
          Map.entry("analysis", Set.of("data")),
          Map.entry(
              "process",
              Set.of(
                  "model",
                  "pmml",
                  "data",
                  "arrow",
                  "io",
                  "kernel",
                  "compile",
                  "reference",
                  "measure",
                  "run",
                  "analysis")),
          Map.entry("scaling", Set.of("run", "data", "measure")));

  /** Layer to the libraries it alone may see; a layer that is not a key sees the JDK only. */
  private static final Map<String, Set<String>> MAY_SEE =
      Map.of(
          "arrow",
              Set.of(
                  "org.apache.arrow",
                  "com.google.flatbuffers",
                  "com.github.luben.zstd",
                  "io.airlift.compress",
                  "org.apache.commons.compress"),
          "io",
              Set.of(
                  "de.siegmar.fastcsv",
                  "com.fasterxml.jackson.core",
                  "org.apache.parquet",
                  "org.xerial.snappy",
                  "io.airlift.compress",
                  "com.github.luben.zstd",
                  "ch.randelshofer.fastdoubleparser",
                  "org.slf4j"),
          // The JDK's own extension of java.lang.management, which counts a thread's allocation.
          "run", Set.of("com.sun.management"),
          "reference", Set.of("org.pmml4s", "scala"));

  /** What the JDK brings of XML, for {@code pmml} alone. */
  private static final List<String> XML = List.of("javax.xml", "org.xml.sax", "org.w3c.dom");

  private static final List<String> JDK = List.of("java", "javax", "jdk");

  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void packagesImportOnlyWhatTheArchitectureAllows() {
    assertThat(violations(ENGINE))
        .as(
            "imports against the architecture: move the class, or change docs/architecture.md and"
                + " this test together and say why in the commit")
        .isEmpty();
  }

  @Test
  void everyPackageIsDrawnInTheArchitecture() {
    Set<String> layers = new TreeSet<>();
    ENGINE.forEach(type -> layers.add(layer(type.getPackageName())));
    assertThat(MAY_IMPORT.keySet())
        .as("packages that docs/architecture.md and LayeringTest.MAY_IMPORT know")
        .containsAll(layers);
  }

  @Test
  void noLayerReachesItselfThroughAnother() {
    for (String layer : MAY_IMPORT.keySet()) {
      assertThat(below(layer)).as("layers below \"%s\"", layer).doesNotContain(layer);
    }
  }

  @Test
  void aClassThatReachesTooFarIsFound() {
    JavaClasses fixture =
        new ClassFileImporter()
            .importUrl(getClass().getResource("kernel/KernelThatReachesTooFar.class"));
    assertThat(fixture).hasSize(1);
    assertThat(violations(fixture).stream().collect(joining("\n")))
        .contains("io.agrippa.engine.data.Block")
        .contains("javax.xml.stream.XMLStreamReader")
        .contains("org.slf4j.LoggerFactory");
  }

  private static Set<String> below(String layer) {
    Set<String> below = new TreeSet<>(MAY_IMPORT.get(layer));
    MAY_IMPORT.get(layer).forEach(next -> below.addAll(below(next)));
    return below;
  }

  private static Set<String> violations(JavaClasses classes) {
    Set<String> violations = new TreeSet<>();
    for (JavaClass type : classes) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (!target.isPrimitive() && !mayUse(layer(type.getPackageName()), target)) {
          violations.add(type.getName() + " -> " + target.getName());
        }
      }
    }
    return violations;
  }

  private static boolean mayUse(String layer, JavaClass target) {
    String name = target.getPackageName();
    if (within(name, ROOT)) {
      String other = layer(name);
      return other.equals(layer) || MAY_IMPORT.getOrDefault(layer, Set.of()).contains(other);
    }
    if (XML.stream().anyMatch(prefix -> within(name, prefix))) {
      return layer.equals("pmml");
    }
    return JDK.stream().anyMatch(prefix -> within(name, prefix))
        || MAY_SEE.getOrDefault(layer, Set.of()).stream().anyMatch(prefix -> within(name, prefix));
  }

  private static boolean within(String packageName, String prefix) {
    return packageName.equals(prefix) || packageName.startsWith(prefix + ".");
  }

  private static String layer(String packageName) {
    if (packageName.equals(ROOT)) {
      return FRONT;
    }
    String rest = packageName.substring(ROOT.length() + 1);
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }
}
