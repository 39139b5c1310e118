package io.agrippa.models;

import io.agrippa.engine.model.Document;

/**
 * A trained model.
 *
 * @param document the PMML document, with provenance and verification rows
 * @param report what the training did
 */
public record TrainedModel(Document document, TrainingReport report) {}
