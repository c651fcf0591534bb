/** Chips in the cookies of several factories: a small hierarchical model. */
@NullMarked
package io.github.sbi4j.examples.cookies;

import org.jspecify.annotations.NullMarked;
