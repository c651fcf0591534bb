/**
 * The layers that estimators, classifiers and embedding networks are made of, and how their weights
 * begin.
 */
@NullMarked
package io.github.sbi4j.flows.network;

import org.jspecify.annotations.NullMarked;
