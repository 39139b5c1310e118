package io.agrippa.engine.pmml;

import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.MiningField;
import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.Predicate;
import io.agrippa.engine.model.RegressionModel;
import io.agrippa.engine.model.Target;
import io.agrippa.engine.model.TreeModel;
import io.agrippa.engine.model.Value;
import java.util.Set;

/** The words of all attributes that take one of a few. */
final class Vocabulary {
  static final Words<OpType> OP_TYPE = Words.of(OpType.class);
  static final Words<Value.Property> PROPERTY = Words.of(Value.Property.class);
  static final Words<MiningField.UsageType> USAGE_TYPE =
      Words.of(MiningField.UsageType.class).alsoRead("predicted", MiningField.UsageType.TARGET);
  static final Words<MiningField.OutlierTreatment> OUTLIERS =
      Words.of(MiningField.OutlierTreatment.class);
  static final Words<MiningField.MissingValueTreatment> MISSING_VALUES =
      Words.of(MiningField.MissingValueTreatment.class)
          .alsoRead("x-returnInvalid", MiningField.MissingValueTreatment.RETURN_INVALID);
  static final Words<MiningField.InvalidValueTreatment> INVALID_VALUES =
      Words.of(MiningField.InvalidValueTreatment.class);
  static final Words<ModelFrame.Function> FUNCTION = Words.of(ModelFrame.Function.class);
  static final Words<ModelFrame.Arithmetic> ARITHMETIC = Words.of(ModelFrame.Arithmetic.class);
  static final Words<Predicate.Operator> OPERATOR = Words.of(Predicate.Operator.class);
  static final Words<Predicate.Membership> MEMBERSHIP = Words.of(Predicate.Membership.class);
  static final Words<Predicate.Connective> CONNECTIVE = Words.of(Predicate.Connective.class);
  static final Words<Target.CastInteger> CAST_INTEGER = Words.of(Target.CastInteger.class);
  static final Words<RegressionModel.Normalization> NORMALIZATION =
      Words.of(RegressionModel.Normalization.class);
  static final Words<TreeModel.MissingValueStrategy> MISSING_VALUE_STRATEGY =
      Words.of(TreeModel.MissingValueStrategy.class);
  static final Words<TreeModel.NoTrueChildStrategy> NO_TRUE_CHILD =
      Words.of(TreeModel.NoTrueChildStrategy.class);
  static final Words<MiningModel.Method> METHOD =
      Words.of(MiningModel.Method.class)
          .but(MiningModel.Method.MULTI_MODEL_CHAIN, "x-multiModelChain")
          .alsoRead("multiModelChain", MiningModel.Method.MULTI_MODEL_CHAIN)
          .alsoRead("x-weightedMedian", MiningModel.Method.WEIGHTED_MEDIAN)
          .alsoRead("x-weightedSum", MiningModel.Method.WEIGHTED_SUM);
  static final Words<MiningModel.MissingPredictionTreatment> MISSING_PREDICTION =
      Words.of(MiningModel.MissingPredictionTreatment.class);
  static final Words<Expression.LocalTermWeights> TERM_WEIGHTS =
      Words.of(Expression.LocalTermWeights.class);
  static final Words<Expression.CountHits> COUNT_HITS = Words.of(Expression.CountHits.class);
  static final Words<Expression.Aggregate.Function> AGGREGATE =
      Words.of(Expression.Aggregate.Function.class);

  /** Words of Lag's {@code aggregate}, {@code none} apart. */
  static final Set<String> LAG_AGGREGATES =
      Set.of("avg", "max", "median", "min", "product", "sum", "stddev");

  /** Words of OutputField's {@code feature}, of all versions. */
  static final Set<String> FEATURES =
      Set.of(
          "predictedValue",
          "predictedDisplayValue",
          "transformedValue",
          "decision",
          "probability",
          "affinity",
          "residual",
          "standardError",
          "standardDeviation",
          "clusterId",
          "clusterAffinity",
          "entityId",
          "entityAffinity",
          "warning",
          "ruleValue",
          "reasonCode",
          "antecedent",
          "consequent",
          "rule",
          "ruleId",
          "confidence",
          "support",
          "lift",
          "leverage",
          "confidenceIntervalLower",
          "confidenceIntervalUpper");

  /** Functions that converters wrote with a leading {@code x-} before PMML 4.4 had them. */
  static final Set<String> NEW_FUNCTIONS =
      Set.of(
          "acos",
          "asin",
          "atan",
          "atan2",
          "cos",
          "cosh",
          "erf",
          "expm1",
          "hypot",
          "isValid",
          "isNotValid",
          "ln1p",
          "modulo",
          "normalCDF",
          "normalIDF",
          "normalPDF",
          "rint",
          "sin",
          "sinh",
          "stdNormalCDF",
          "stdNormalIDF",
          "stdNormalPDF",
          "tan",
          "tanh");

  /**
   * Those of {@link #UNSUPPORTED} that the second opinion scores. It reads AssociationModel too,
   * but keeps what that saw of earlier rows, and so is not asked.
   */
  static final Set<String> SCORED_BY_PMML4S =
      Set.of(
          "AnomalyDetectionModel",
          "ClusteringModel",
          "GeneralRegressionModel",
          "NaiveBayesModel",
          "NearestNeighborModel",
          "NeuralNetwork",
          "RuleSetModel",
          "Scorecard",
          "SupportVectorMachineModel");

  /** Models of PMML 4.4 that are not read yet. */
  static final Set<String> UNSUPPORTED =
      Set.of(
          "AnomalyDetectionModel",
          "AssociationModel",
          "BaselineModel",
          "BayesianNetworkModel",
          "ClusteringModel",
          "GaussianProcessModel",
          "GeneralRegressionModel",
          "NaiveBayesModel",
          "NearestNeighborModel",
          "NeuralNetwork",
          "RuleSetModel",
          "Scorecard",
          "SequenceModel",
          "SupportVectorMachineModel",
          "TextModel",
          "TimeSeriesModel",
          "TableLocator");

  private Vocabulary() {}
}
