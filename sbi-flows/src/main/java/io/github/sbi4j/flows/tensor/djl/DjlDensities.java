package io.github.sbi4j.flows.tensor.djl;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/** Log-densities and log-sums that PyTorch's bindings lack. */
final class DjlDensities {
  private static final double LOG_2_PI = Math.log(2 * Math.PI);

  private DjlDensities() {}

  /** log of the sum of e^a over each row, B x 1; stable because a row's maximum cancels. */
  static PtNDArray logSumExp(PtNDArray a) {
    PtNDArray difference = JniUtils.sub(a, JniUtils.logSoftmax(a, 1, DataType.FLOAT32));
    // a - logSoftmax(a) is the wanted number in every column, so any one column will do.
    return JniUtils.slice(difference, 1, 0, 1, 1);
  }

  /** See {@link io.github.sbi4j.flows.tensor.Operations#mixtureLogProb}. */
  static PtNDArray mixtureLogProb(
      DjlEngine engine,
      DjlTensor x,
      DjlTensor logits,
      PtNDArray means,
      PtNDArray logDiagonal,
      PtNDArray upper) {
    int rows = logits.rows(); // one where all points share a mixture
    int dimension = x.columns();
    int components = logits.columns();
    PtNDArray difference =
        JniUtils.sub(
            JniUtils.unsqueeze(x.array(), 1),
            JniUtils.reshape(means, new long[] {rows, components, dimension}));
    PtNDArray logs = JniUtils.reshape(logDiagonal, new long[] {rows, components, dimension});
    PtNDArray whitened = JniUtils.mul(JniUtils.exp(logs), difference);
    if (dimension > 1) {
      int above = dimension * (dimension - 1) / 2;
      PtNDArray packed = JniUtils.reshape(upper, new long[] {(long) rows * components, above});
      PtNDArray triangle =
          JniUtils.reshape(
              JniUtils.matmul(packed, engine.upperTriangle(dimension)),
              new long[] {rows, components, dimension, dimension});
      PtNDArray products = JniUtils.mul(triangle, JniUtils.unsqueeze(difference, 2));
      whitened = JniUtils.add(whitened, JniUtils.sum(products, new long[] {3}, false));
    }
    PtNDArray squares = JniUtils.sum(JniUtils.square(whitened), new long[] {2}, false);
    PtNDArray logDeterminants = JniUtils.sum(logs, new long[] {2}, false);
    PtNDArray logWeights = JniUtils.logSoftmax(logits.array(), 1, DataType.FLOAT32);
    PtNDArray terms =
        JniUtils.sub(
            JniUtils.add(logWeights, logDeterminants), JniUtils.mul(squares, engine.scalar(0.5)));
    return JniUtils.add(logSumExp(terms), engine.scalar(-0.5 * LOG_2_PI * dimension));
  }
}
