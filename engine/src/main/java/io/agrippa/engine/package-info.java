/**
 * The front door of Agrippa: loads statistical models (PMML), scores records with them and runs
 * scoring jobs over datasets. Everything below this package is reached through it.
 */
package io.agrippa.engine;
