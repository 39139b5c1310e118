/**
 * Builds models with Smile, writes them as PMML and holds the zoo of models that were built here.
 * The finished PMML files need no Smile to be used.
 */
package io.agrippa.models;
