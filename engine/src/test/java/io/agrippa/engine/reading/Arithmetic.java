package io.agrippa.engine.reading;

import io.agrippa.engine.model.ModelFrame;

/** How a model computes: in doubles, or in floats where it says {@code x-mathContext="float"}. */
enum Arithmetic {
  DOUBLE {
    @Override
    double of(double a) {
      return a;
    }

    @Override
    double add(double a, double b) {
      return a + b;
    }

    @Override
    double multiply(double a, double b) {
      return a * b;
    }

    @Override
    double divide(double a, double b) {
      return a / b;
    }

    @Override
    double exp(double a) {
      return StrictMath.exp(a);
    }
  },

  FLOAT {
    @Override
    double of(double a) {
      return (float) a;
    }

    @Override
    double add(double a, double b) {
      return (float) a + (float) b;
    }

    @Override
    double multiply(double a, double b) {
      return (float) a * (float) b;
    }

    @Override
    double divide(double a, double b) {
      return (float) a / (float) b;
    }

    @Override
    double exp(double a) {
      return (float) StrictMath.exp((float) a);
    }
  };

  /** The number in this precision. */
  abstract double of(double a);

  abstract double add(double a, double b);

  abstract double multiply(double a, double b);

  abstract double divide(double a, double b);

  abstract double exp(double a);

  double subtract(double a, double b) {
    return add(a, -b);
  }

  double pow(double a, int exponent) {
    return exponent == 1 ? of(a) : of(StrictMath.pow(of(a), exponent));
  }

  static Arithmetic of(ModelFrame frame) {
    return frame.arithmetic() == ModelFrame.Arithmetic.FLOAT ? FLOAT : DOUBLE;
  }
}
