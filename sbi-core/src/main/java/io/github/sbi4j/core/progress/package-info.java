/** How long work tells how far it is. */
@NullMarked
package io.github.sbi4j.core.progress;

import org.jspecify.annotations.NullMarked;
