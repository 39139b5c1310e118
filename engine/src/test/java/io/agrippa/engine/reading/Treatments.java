package io.agrippa.engine.reading;

import io.agrippa.engine.model.DataField;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.Interval;
import io.agrippa.engine.model.MiningField;
import io.agrippa.engine.model.MiningField.InvalidValueTreatment;
import io.agrippa.engine.model.MiningField.MissingValueTreatment;
import io.agrippa.engine.model.MiningField.OutlierTreatment;
import io.agrippa.engine.model.Value;

/** Mining Schema: what becomes of a value on its way into a model. */
final class Treatments {
  private Treatments() {}

  /**
   * A treated value.
   *
   * @param raw of the record, or as an enclosing model has treated it; null where missing
   * @param domain of the values, or null where anything goes
   */
  static Object treat(Object raw, DataType type, DataField domain, MiningField field) {
    if (raw == null) {
      return missing(field, type);
    }
    Object value;
    try {
      value = raw instanceof String text ? Values.parse(text, type) : Values.cast(raw, type);
    } catch (Values.NotOfType | BadRow e) {
      return isMarked(raw.toString(), Value.Property.MISSING, domain)
          ? missing(field, type)
          : invalid(null, field, type);
    }
    if (isMarked(value, type, Value.Property.MISSING, domain)) {
      return missing(field, type);
    }
    return isValid(value, type, domain) ? valid(value, field, type) : invalid(value, field, type);
  }

  private static Object missing(MiningField field, DataType type) {
    if (field.missingValueTreatment() == MissingValueTreatment.RETURN_INVALID) {
      throw new BadRow(field.name() + " is missing");
    }
    return replacement(field.missingValueReplacement(), type);
  }

  private static Object replacement(String text, DataType type) {
    return text == null ? null : Values.literal(text, type);
  }

  /**
   * What becomes of an invalid value.
   *
   * @param value null where it is none of the type
   */
  private static Object invalid(Object value, MiningField field, DataType type) {
    InvalidValueTreatment treatment = field.invalidValueTreatment();
    if (treatment == InvalidValueTreatment.AS_MISSING) {
      return replacement(field.missingValueReplacement(), type);
    }
    boolean passes =
        treatment == InvalidValueTreatment.AS_IS || treatment == InvalidValueTreatment.AS_VALUE;
    if (passes && field.invalidValueReplacement() != null) {
      return replacement(field.invalidValueReplacement(), type);
    }
    if (!passes || value == null) {
      throw new BadRow(field.name() + " is invalid");
    }
    return value;
  }

  private static Object valid(Object value, MiningField field, DataType type) {
    if (field.outliers() == OutlierTreatment.AS_IS || !type.isNumeric()) {
      return value;
    }
    double number = Values.number(value);
    boolean below = number < field.lowValue();
    if (!below && !(number > field.highValue())) {
      return value;
    }
    return field.outliers() == OutlierTreatment.AS_EXTREME_VALUES
        ? Values.cast(below ? field.lowValue() : field.highValue(), type)
        : replacement(field.missingValueReplacement(), type);
  }

  private static boolean isMarked(String text, Value.Property property, DataField domain) {
    return domain != null
        && domain.values().stream()
            .anyMatch(value -> value.property() == property && value.value().equals(text));
  }

  private static boolean isMarked(
      Object value, DataType type, Value.Property property, DataField domain) {
    if (domain != null) {
      for (Value listed : domain.values()) {
        if (listed.property() == property && isSame(listed.value(), value, type)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isSame(String text, Object value, DataType type) {
    try {
      return Values.compare(Values.parse(text, type), value) == 0;
    } catch (Values.NotOfType e) {
      return false;
    }
  }

  /** NaN is never valid; one listed valid value makes the list complete. */
  private static boolean isValid(Object value, DataType type, DataField domain) {
    if (type.isNumeric() && Double.isNaN(Values.number(value))) {
      return false;
    }
    if (domain == null) {
      return true;
    }
    if (isMarked(value, type, Value.Property.INVALID, domain)) {
      return false;
    }
    boolean complete = domain.values().stream().anyMatch(v -> v.property() == Value.Property.VALID);
    if (complete) {
      return isMarked(value, type, Value.Property.VALID, domain);
    }
    for (Interval interval : domain.intervals()) {
      if (interval.contains(Values.number(value))) {
        return true;
      }
    }
    return domain.intervals().isEmpty();
  }

  /** Whether a nested model that lists a treated field means to treat it again. */
  static boolean isAnew(MiningField field, Variable outer) {
    return (field.opType() != null && field.opType() != outer.opType())
        || field.missingValueReplacement() != null
        || field.invalidValueTreatment() == InvalidValueTreatment.AS_MISSING
        || field.invalidValueTreatment() == InvalidValueTreatment.AS_VALUE
        || field.outliers() != OutlierTreatment.AS_IS;
  }
}
