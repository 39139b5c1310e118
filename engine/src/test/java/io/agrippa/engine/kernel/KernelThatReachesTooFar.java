package io.agrippa.engine.kernel;

import io.agrippa.engine.data.Block;
import javax.xml.stream.XMLStreamReader;

/**
 * Breaks three rules of the layering on purpose, so that the test of the layering can be tested.
 */
final class KernelThatReachesTooFar {
  private final Block block;
  private final XMLStreamReader xml;

  KernelThatReachesTooFar(Block block, XMLStreamReader xml) {
    this.block = block;
    this.xml = xml;
  }

  String reach() {
    org.slf4j.LoggerFactory.getLogger(getClass());
    return block + " " + xml;
  }
}
