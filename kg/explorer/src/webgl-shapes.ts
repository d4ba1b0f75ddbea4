/** The shapes of things for sigma.js: one program, the shape an attribute of the node, drawn from distances. */

import { NodeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

const VERTEX = `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec2 v_at;
varying float v_blur;
varying float v_shape;
const float bias = 255.0 / 254.0;
void main() {
  float size = a_size * u_correctionRatio / u_sizeRatio * 2.0;
  gl_Position = vec4((u_matrix * vec3(a_position + a_corner * size * 1.3, 1)).xy, 0, 1);
  v_at = a_corner * 1.3;
  v_blur = 2.0 * u_correctionRatio / size;
  v_shape = a_shape;
#ifdef PICKING_MODE
  v_color = a_id;
#else
  v_color = a_color;
#endif
  v_color.a *= bias;
}`;

// A regular polygon by its number of sides, the distance of a side from the middle, and the turn of the first side.
const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying vec2 v_at;
varying float v_blur;
varying float v_shape;
float polygon(vec2 at, float sides, float apothem, float turn) {
  float angle = atan(at.x, at.y) + turn;
  float step = 6.2831853 / sides;
  return cos(floor(0.5 + angle / step) * step - angle) * length(at) - apothem;
}
void main() {
  float far = length(v_at) - 1.0;
  if (v_shape > 4.5) far = polygon(v_at, 5.0, 0.93, 3.1415927);
  else if (v_shape > 3.5) far = polygon(v_at, 6.0, 0.95, 0.0);
  else if (v_shape > 2.5) far = polygon(v_at, 4.0, 0.8, 0.7853982);
  else if (v_shape > 1.5) far = polygon(v_at + vec2(0.0, 0.08), 3.0, 0.64, 3.1415927);
  else if (v_shape > 0.5) far = polygon(v_at, 4.0, 0.86, 0.0);
#ifdef PICKING_MODE
  gl_FragColor = far > 0.0 ? vec4(0.0) : v_color;
#else
  gl_FragColor = v_color * (1.0 - smoothstep(-v_blur, 0.0, far));
#endif
}`;

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;

export class ShapeProgram extends NodeProgram<"u_sizeRatio" | "u_correctionRatio" | "u_matrix"> {
  getDefinition() {
    return {
      VERTICES: 6, VERTEX_SHADER_SOURCE: VERTEX, FRAGMENT_SHADER_SOURCE: FRAGMENT, METHOD: TRIANGLES,
      UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix"] as const,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT, normalized: false }, { name: "a_size", size: 1, type: FLOAT, normalized: false },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true }, { name: "a_shape", size: 1, type: FLOAT, normalized: false },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT, normalized: false }],
      CONSTANT_DATA: [[-1, -1], [1, -1], [1, 1], [-1, -1], [1, 1], [-1, 1]],
    };
  }

  processVisibleItem(nodeIndex: number, at: number, data: { x: number; y: number; size: number; color: string }): void {
    const { array } = this;
    array[at++] = data.x;
    array[at++] = data.y;
    array[at++] = data.size;
    array[at++] = floatColor(data.color);
    array[at++] = nodeIndex;
    array[at] = (data as unknown as { shape: number }).shape;
  }

  setUniforms(params: { correctionRatio: number; sizeRatio: number; matrix: Float32Array }, { gl, uniformLocations }: Parameters<NodeProgram["setUniforms"]>[1]): void {
    const found = uniformLocations as Record<string, WebGLUniformLocation>;
    gl.uniform1f(found.u_correctionRatio, params.correctionRatio);
    gl.uniform1f(found.u_sizeRatio, params.sizeRatio);
    gl.uniformMatrix3fv(found.u_matrix, false, params.matrix);
  }
}
