/**
 * Binary classifiers that tell two sets of samples apart.
 *
 * <p>{@link io.github.sbi4j.analysis.classifier.MlpClassifier} is a small network in plain Java;
 * {@link io.github.sbi4j.analysis.classifier.RandomForestClassifier} comes from Tribuo. Both serve
 * {@link io.github.sbi4j.analysis.metric.C2st}.
 */
@NullMarked
package io.github.sbi4j.analysis.classifier;

import org.jspecify.annotations.NullMarked;
