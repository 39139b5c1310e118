package io.agrippa.engine.compile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a model came to its results for one row. Values are Java values as scoring gives them; fields
 * have the document's names. Immutable.
 *
 * @param inputs the fields that the model reads, in the order of reading; a field that a nested
 *     model treats anew comes once more, with what it was for the enclosing one as given
 * @param derived the derived fields that were computed, in the order in which they are defined
 * @param model the model and what happened in it
 * @param results as scoring gives them, in order; none where the row is refused
 * @param problem why the row is refused; empty if it is not
 */
public record Trace(
    List<Input> inputs,
    List<Derived> derived,
    Model model,
    List<Result> results,
    Optional<String> problem) {
  public Trace {
    inputs = List.copyOf(inputs);
    derived = List.copyOf(derived);
    results = List.copyOf(results);
  }

  /** What the treatment of its MiningField did to a value. */
  public enum Treatment {
    /** Nothing: the value is used as it is. */
    AS_IS,
    /** The value is missing and stays so. */
    MISSING,
    /** The value is missing and was replaced. */
    MISSING_REPLACED,
    /** The value is missing, and the row is refused for it. */
    MISSING_REFUSED,
    /** The value is invalid and is used all the same. */
    INVALID_AS_IS,
    /** The value is invalid and counts as missing. */
    INVALID_AS_MISSING,
    /** The value is invalid and was replaced. */
    INVALID_REPLACED,
    /** The value is invalid, and the row is refused for it. */
    INVALID_REFUSED,
    /** The value is an outlier and counts as missing. */
    OUTLIER_AS_MISSING,
    /** The value is an outlier and was replaced, by the bound or as a missing one is. */
    OUTLIER_REPLACED
  }

  /**
   * A field that the model reads.
   *
   * @param given its value as text; empty where there is none
   * @param value what the model computes with; empty where missing
   * @param used whether the results of this row depended on it
   * @param line of its MiningField
   */
  public record Input(
      String field,
      Optional<String> given,
      Treatment treatment,
      Optional<Object> value,
      boolean used,
      int line) {}

  /**
   * A derived field.
   *
   * @param value empty where missing
   * @param failed whether it could not be computed
   * @param line of its DerivedField
   */
  public record Derived(String field, Optional<Object> value, boolean failed, int line) {}

  /**
   * A model element.
   *
   * @param element such as {@code TreeModel}
   * @param name its modelName
   * @param method how it works, as the document names it: multipleModelMethod, normalizationMethod
   *     or missingValueStrategy
   * @param line where it stands
   * @param steps what it did, in order
   * @param prediction what came of that, targets applied
   * @param rescaling what its Targets did to a number; empty where they changed nothing
   * @param outputs its Output fields; none where nobody asks for them
   */
  public record Model(
      String element,
      Optional<String> name,
      String method,
      int line,
      List<Step> steps,
      Prediction prediction,
      Optional<Rescaling> rescaling,
      List<Output> outputs) {
    public Model {
      steps = List.copyOf(steps);
      outputs = List.copyOf(outputs);
    }
  }

  /** What a model element did. */
  public sealed interface Step {}

  /** Whether a predicate holds. */
  public enum Truth {
    /** It holds. */
    TRUE,
    /** It does not. */
    FALSE,
    /** A value is missing. */
    UNKNOWN,
    /** A value could not be computed. */
    FAILED
  }

  /**
   * The predicate of a tree's node was tested: the row goes to the first child whose predicate
   * holds.
   *
   * @param node the node's id, or its position from 1 where it has none
   * @param predicate in words
   * @param line of the node
   */
  public record NodeTest(String node, String predicate, Truth truth, int line) implements Step {}

  /**
   * A strategy of the tree was applied, because a predicate is unknown or no child's holds.
   *
   * @param node the node whose children were tested
   * @param strategy as the document names it, such as {@code defaultChild}
   * @param to the node that it leads to; empty where it does not lead to one
   */
  public record Strategy(String node, String strategy, Optional<String> to) implements Step {}

  /**
   * A RegressionTable was added up, in this order, the intercept last.
   *
   * @param category its targetCategory
   * @param value the sum, before normalization; empty where a value that it needs is missing
   */
  public record Table(
      Optional<String> category, List<Term> terms, double intercept, Optional<Double> value)
      implements Step {
    public Table {
      terms = List.copyOf(terms);
    }
  }

  /**
   * A term of a RegressionTable.
   *
   * @param what the field, its power, a product of fields, or field and category
   * @param values of the fields, in order; an empty one is missing
   * @param coefficient 0 for a category that the table does not list
   * @param contribution what was added; NaN where a value is missing
   */
  public record Term(
      String what, List<Optional<Object>> values, double coefficient, double contribution) {
    public Term {
      values = List.copyOf(values);
    }
  }

  /**
   * A segment was come to.
   *
   * @param predicate in words
   * @param truth empty where the predicate was not tested, because the row had been decided
   * @param weight of the segment for this row, whether or not the method counts weights
   * @param model what it did; empty if it did not run
   */
  public record Segment(
      String id, String predicate, Optional<Truth> truth, double weight, Optional<Model> model)
      implements Step {}

  /**
   * The model embedded in a tree's node was asked, because the row ends there.
   *
   * @param node the node's id, or its position from 1 where it has none
   * @param model what it did; where it predicts nothing, the node's score counts
   */
  public record Embedded(String node, Model model) implements Step {}

  /**
   * A prediction.
   *
   * @param value a number or a category; empty where there is none
   * @param probabilities by category; empty where there are none
   * @param confidences by category; empty where there are none
   * @param entity the winning node or segment
   * @param failed whether it could not be computed
   */
  public record Prediction(
      Optional<Object> value,
      Map<String, Double> probabilities,
      Map<String, Double> confidences,
      Optional<String> entity,
      boolean failed) {
    public Prediction {
      probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
      confidences = Collections.unmodifiableMap(new LinkedHashMap<>(confidences));
    }
  }

  /**
   * What Targets did to a prediction.
   *
   * @param before empty where there was none
   * @param after empty where there still is none
   */
  public record Rescaling(Optional<Object> before, Optional<Object> after) {}

  /**
   * An Output field.
   *
   * @param feature as the document names it
   * @param value empty where missing
   */
  public record Output(String field, String feature, Optional<Object> value) {}

  /**
   * A result.
   *
   * @param value empty where missing
   */
  public record Result(String name, Optional<Object> value) {}
}
