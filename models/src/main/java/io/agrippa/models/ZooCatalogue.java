package io.agrippa.models;

import io.agrippa.engine.ModelCatalogue;
import java.io.IOException;
import java.io.InputStream;

/** Lets jobs score with {@code model:NAME}. Public for {@link java.util.ServiceLoader} only. */
public final class ZooCatalogue implements ModelCatalogue {
  private static final String PREFIX = "model";

  @Override
  public String prefix() {
    return PREFIX;
  }

  @Override
  public InputStream open(String name) throws IOException {
    return Zoo.named(name.substring(PREFIX.length() + 1)).open();
  }
}
