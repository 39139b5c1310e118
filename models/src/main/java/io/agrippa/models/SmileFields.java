package io.agrippa.models;

import java.lang.reflect.Field;
import smile.base.cart.NominalNode;
import smile.base.cart.OrdinalNode;

/**
 * Reads what Smile keeps to itself: the values that trees split at, and the constant that boosting
 * starts from. The only place that looks into Smile's classes; their names are those of Smile 3.1.
 */
final class SmileFields {
  private static final Field THRESHOLD = field(OrdinalNode.class, "value");
  private static final Field CATEGORY = field(NominalNode.class, "value");
  private static final Field CLASSIFICATION_START =
      field(smile.classification.GradientTreeBoost.class, "b");
  private static final Field REGRESSION_START =
      field(smile.regression.GradientTreeBoost.class, "b");

  private SmileFields() {}

  /** The greatest number that goes to the node's true child. */
  static double threshold(OrdinalNode node) {
    try {
      return THRESHOLD.getDouble(node);
    } catch (IllegalAccessException e) {
      throw unreadable(THRESHOLD, e);
    }
  }

  /** The category that goes to the node's true child. */
  static int category(NominalNode node) {
    try {
      return CATEGORY.getInt(node);
    } catch (IllegalAccessException e) {
      throw unreadable(CATEGORY, e);
    }
  }

  /** What the trees' contributions are added to. */
  static double start(smile.classification.GradientTreeBoost boost) {
    try {
      return CLASSIFICATION_START.getDouble(boost);
    } catch (IllegalAccessException e) {
      throw unreadable(CLASSIFICATION_START, e);
    }
  }

  /** What the trees' contributions are added to. */
  static double start(smile.regression.GradientTreeBoost boost) {
    try {
      return REGRESSION_START.getDouble(boost);
    } catch (IllegalAccessException e) {
      throw unreadable(REGRESSION_START, e);
    }
  }

  private static Field field(Class<?> owner, String name) {
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(
          "Smile's %s has no field %s; use Smile 3.1.1".formatted(owner.getName(), name), e);
    }
  }

  private static IllegalStateException unreadable(Field field, IllegalAccessException cause) {
    return new IllegalStateException(
        "Smile's field " + field + " cannot be read; use Smile 3.1.1", cause);
  }
}
