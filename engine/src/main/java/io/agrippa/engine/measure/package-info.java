/** What a run measured and where it ran, as immutable values. */
package io.agrippa.engine.measure;
