/** Helpers shared by the packages of this module; not for use from outside. */
@NullMarked
package io.github.sbi4j.analysis.internal;

import org.jspecify.annotations.NullMarked;
